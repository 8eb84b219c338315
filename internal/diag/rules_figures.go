package diag

// Figures of data/: from 21 on in each of the groups that they belong to.
var (
	DataUndescribed = rule("CND0121", "data-not-described", Warning) // a CSV without a sidecar

	BadData         = rule("CND0221", "bad-data", Error)           // a CSV that is not what its sidecar says
	TotalsDisagree  = rule("CND0222", "totals-disagree", Error)    // a declared total that is not the sum of its parts
	TotalUndeclared = rule("CND0223", "total-not-declared", Error) // a sum that the sidecar does not name, beside hidden numbers

	UnknownFigure = rule("CND0321", "unknown-figure", Error)       // a shortcode naming no figure
	SmallNumber   = rule("CND0322", "small-number-exposed", Error) // a hidden number that totals give away
)
