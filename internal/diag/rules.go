package diag

import (
	"cmp"
	"slices"
)

// Rule is one kind of finding. Code and Name are stable: people's scripts and suppressions rest on them. What it means
// and how to mend it, for candour explain, stands in explain.go under the rule's name.
type Rule struct {
	Code     string
	Name     string
	Severity Severity
}

// At gives the rule with another severity, where the contract lets the edition or the kind of page decide.
func (r Rule) At(s Severity) Rule { r.Severity = s; return r }

var registry []Rule

func rule(code, name string, s Severity) Rule {
	r := Rule{Code: code, Name: name, Severity: s}
	registry = append(registry, r)
	return r
}

// Rules returns every rule, by code.
func Rules() []Rule {
	return slices.SortedFunc(slices.Values(registry), func(a, b Rule) int { return cmp.Compare(a.Code, b.Code) })
}

// Files and syntax: CND01.
var (
	BadTOML         = rule("CND0101", "bad-toml", Error)          // front matter, candour.toml or data that is not TOML
	CurlyQuotes     = rule("CND0102", "curly-quotes", Warning)    // typed in Word where TOML wants straight ones
	NoFrontMatter   = rule("CND0103", "no-front-matter", Error)   // missing or unclosed +++
	BadEncoding     = rule("CND0104", "bad-encoding", Error)      // not UTF-8, or control characters
	MisplacedFile   = rule("CND0105", "misplaced-file", Error)    // content anywhere else
	CaseCollision   = rule("CND0106", "case-collision", Error)    // names that differ only in case
	OutsideSource   = rule("CND0107", "outside-source", Error)    // symbolic link out of the tree
	FileLeftOut     = rule("CND0108", "file-left-out", Warning)   // dot files, backups
	FileNotAllowed  = rule("CND0109", "file-not-allowed", Error)  // type not allowed, Office documents, unsafe SVG
	TooLarge        = rule("CND0110", "too-large", Error)         // front matter beyond its bound
	AddressTaken    = rule("CND0111", "address-taken", Error)     // two sources, one address
	FileUnreadable  = rule("CND0112", "file-unreadable", Error)   // a file the audit cannot read
	BadLayout       = rule("CND0113", "bad-layout", Error)        // a template that fails
	ConfigNotUsable = rule("CND0114", "config-not-usable", Error) // candour.toml asks for what cannot be done

	NotPortable = rule("CND0115", "name-not-portable", Warning) // a file's name that Windows cannot have
	NotMade     = rule("CND0116", "not-made", Error)            // a page or file of the edition that did not come out
)

// Front matter: CND02.
var (
	UnknownKey = rule("CND0201", "unknown-key", Error)
	MissingKey = rule("CND0202", "missing-key", Error)
	BadValue   = rule("CND0203", "bad-value", Error)
	BadFlag    = rule("CND0204", "bad-flag", Error)     // a [[withhold]] or [[release]] that cannot be carried out
	FlagBelow  = rule("CND0205", "flag-below", Warning) // [[withhold]] below the default level
	BadSchema  = rule("CND0206", "bad-schema", Error)   // data/ that lowers a level or breaks the schema

	UnknownContact = rule("CND0207", "unknown-contact", Error)      // a slot that candour.toml does not have
	EmptyContact   = rule("CND0208", "contact-not-filled", Warning) // a slot that has no value there
)

// Redaction: CND03.
var (
	WithholdMatchesNothing = rule("CND0301", "withhold-matches-nothing", Error)
	PassageNotFlagged      = rule("CND0302", "passage-not-flagged", Error)
	BadPassage             = rule("CND0303", "bad-passage", Error) // nested, unclosed, inside code, across blocks
	AmbiguousSection       = rule("CND0304", "ambiguous-section", Error)
	UnknownField           = rule("CND0306", "unknown-field", Error)  // {{< field >}} naming no field
	FileHeld               = rule("CND0307", "file-withheld", Notice) // photo or attachments name a withheld file
)

// Bodies: CND04.
var (
	RawHTML          = rule("CND0401", "raw-html", Error)
	UnknownShortcode = rule("CND0402", "unknown-shortcode", Error)
	BadShortcode     = rule("CND0403", "bad-shortcode", Error)
	BadLinkScheme    = rule("CND0404", "bad-link-scheme", Error)
	BrokenLink       = rule("CND0405", "broken-link", Error)
	LinkToWithheld   = rule("CND0406", "link-to-withheld-page", Error)
	BadPlaceholder   = rule("CND0407", "bad-placeholder", Error)
	StripLimits      = rule("CND0408", "strip-limits", Error)       // test strips without all their limits
	OneOpioid        = rule("CND0409", "one-opioid-named", Warning) // nitazenes without fentanyls, or the other way round
)

// Sign-off and life: CND05.
var (
	SignOffMissing   = rule("CND0501", "sign-off-missing", Error)
	SignOffStale     = rule("CND0502", "sign-off-stale", Error)
	SignOffNotNeeded = rule("CND0503", "sign-off-not-needed", Warning)
	SignOffKept      = rule("CND0504", "sign-off-kept", Warning) // changed after sign-off, only towards safety
	PanelNotMet      = rule("CND0505", "panel-not-met", Error)
	PhotoUnconfirmed = rule("CND0506", "photo-not-confirmed", Error)
	ReviewOverdue    = rule("CND0507", "review-overdue", Warning)
	NotYet           = rule("CND0508", "not-yet", Notice)  // dated after the clock
	LeftOut          = rule("CND0509", "left-out", Notice) // --leave-out
	Draft            = rule("CND0510", "draft", Notice)    // a draft alert outside the internal edition

	ChecklistUnanswered = rule("CND0511", "checklist-unanswered", Warning) // an item of Annex A without an answer
	ChecklistGap        = rule("CND0512", "checklist-gap", Warning)        // a gap that the national review found often

	DatesOutOfOrder = rule("CND0521", "dates-out-of-order", Error)
	ReplacesNothing = rule("CND0522", "replaces-nothing", Error) // replaces or correction_of names no alert
	ReplacesLoop    = rule("CND0523", "replaces-loop", Error)    // an alert or narrative replaces itself, at once or by way of others
	ReplacedTwice   = rule("CND0524", "replaced-twice", Error)   // two live alerts replace one
	NotTold         = rule("CND0525", "not-told", Error)         // boundary_with without told
	NoChangeNote    = rule("CND0526", "no-change-note", Warning) // withdrawn, updated or corrected without a word why
	AlertFatigue    = rule("CND0527", "alert-fatigue", Warning)
	GapNotFilled    = rule("CND0528", "gap-not-filled", Error) // a required gap of the template
	TemplateUnknown = rule("CND0529", "template-unknown", Warning)
	RumourRepeated  = rule("CND0530", "rumour-repeated", Error) // in the title or summary of its correction
)

// Proof: CND06.
var (
	Leak              = rule("CND0601", "leak", Error)
	NamePart          = rule("CND0602", "name-part", Warning)
	UnflaggedPhone    = rule("CND0611", "unflagged-phone", Error)
	UnflaggedEmail    = rule("CND0612", "unflagged-email", Error)
	UnflaggedPostcode = rule("CND0613", "unflagged-postcode", Error)
	UnflaggedNHS      = rule("CND0614", "unflagged-nhs-number", Error)
	UnflaggedNI       = rule("CND0615", "unflagged-ni-number", Error)
	UnflaggedLocation = rule("CND0616", "unflagged-location", Error)
	UnflaggedOp       = rule("CND0617", "unflagged-operation", Error)
	UnflaggedName     = rule("CND0618", "unflagged-name", Warning)
)

// Words: CND08. What they look for stands in package wording and in data/wording.toml.
var (
	ClaimNotConfirmed = rule("CND0801", "claim-not-confirmed", Error) // a flat claim without confirmed evidence
	NaloxoneDose      = rule("CND0802", "naloxone-dose", Error)       // departs from one single dose at a time
	AdvertisingWords  = rule("CND0803", "advertising-words", Warning)
	StigmatisingWords = rule("CND0804", "stigmatising-words", Warning)
	WordingNotRead    = rule("CND0805", "wording-not-read", Warning) // an alert in a language that the rules on words do not know
)

// The rendered page: CND07.
var (
	MissingAlt    = rule("CND0701", "missing-alt", Error)
	HeadingOrder  = rule("CND0702", "heading-order", Warning)
	VagueLinkText = rule("CND0703", "vague-link-text", Warning)
	ThirdParty    = rule("CND0704", "third-party-request", Error)
	PageLanguage  = rule("CND0705", "page-language", Error)
	PageTitle     = rule("CND0706", "page-title", Error)
	OneH1         = rule("CND0707", "one-h1", Error)
	EmptyLink     = rule("CND0708", "empty-link", Error)
	TableHeaders  = rule("CND0709", "table-headers", Error)
	FormLabel     = rule("CND0710", "form-label", Error)
	DuplicateID   = rule("CND0711", "duplicate-id", Error)
	Landmarks     = rule("CND0712", "landmarks", Error)
	Contrast      = rule("CND0713", "contrast", Error)
	ActiveContent = rule("CND0714", "active-content", Error) // event handlers, javascript: addresses in rendered pages

	BlockedByPolicy = rule("CND0715", "blocked-by-policy", Warning) // inline scripts and styles, frames: the Content-Security-Policy stops them
	PageWeight      = rule("CND0716", "page-weight", Warning)
	ImageSize       = rule("CND0717", "image-size", Warning) // an image without width and height moves the text when it comes

	StatementIncomplete = rule("CND0718", "statement-incomplete", Warning) // the accessibility statement lacks what SI 2018/852 asks for
	StatementStale      = rule("CND0719", "statement-stale", Warning)
)

// Pages in other forms, and search: CND11.
var (
	MessageTooLong = rule("CND1101", "message-too-long", Warning) // a text message or post beyond its usual length
	SearchEngine   = rule("CND1102", "search-engine", Error)      // the program that the site wants to be searched with is not there
)

// Print and other formats of leaflets: CND14.
var (
	FormatNotMade = rule("CND1401", "format-not-made", Error) // a leaflet could not be made in a format; others were
	PaperTooSmall = rule("CND1402", "paper-too-small", Error) // a leaflet does not fit its paper
	ImageCoarse   = rule("CND1403", "image-coarse", Warning)  // too few dots for print
)

// Languages and reading: CND12.
var (
	TranslationOld        = rule("CND1201", "translation-out-of-date", Warning) // its source was changed after it
	TranslationUnreviewed = rule("CND1202", "translation-not-reviewed", Notice) // no native speaker has checked it
	InterfaceUnreviewed   = rule("CND1206", "interface-words-not-reviewed", Notice)
	ReadingAge            = rule("CND1204", "reading-age", Error)               // above the page's reading_age_target
	ReadingLevel          = rule("CND1205", "reading-level", Notice)            // how hard each page is to read, where it was asked for
	InterfaceMissing      = rule("CND1203", "interface-words-missing", Warning) // a language of the site has no words, or not all
)

// Packs: CND13.
var (
	PackRefused       = rule("CND1301", "pack-refused", Error)         // unsigned, altered, of another key, hostile, older than the pin
	PackNotLocked     = rule("CND1302", "pack-not-locked", Warning)    // candour.lock does not pin it
	PackPageChanged   = rule("CND1303", "pack-page-changed", Error)    // the site's own file in a pack page's place, undeclared
	NotForPacks       = rule("CND1305", "not-for-packs", Error)        // a page that cannot go into a pack
	PackLinkOut       = rule("CND1306", "pack-link-out", Warning)      // a page of a pack leads to one that is not in it
	PackPageWithdrawn = rule("CND1304", "pack-page-withdrawn", Notice) // the publisher took it back
)

// Many sites: CND15.
var (
	EstateFolder   = rule("CND1501", "estate-folder", Error)   // a site's folder that is not there, or no content repository
	EstateConflict = rule("CND1502", "estate-conflict", Error) // two sites in each other's way
	EstatePack     = rule("CND1503", "estate-pack", Warning)   // the newest version of a pack cannot be told
)
