package content

import "candour/internal/diag"

// Origin is where a page came from that somebody else publishes: contract, section 8.
type Origin struct {
	Pack        string // its name
	Version     string
	Publisher   string
	Licence     string
	Attribution string
	Date        string // RFC 3339
	Digest      string // SHA-256 of the pack, 64 hexadecimal digits

	Changed *Change // nil where the page is as its publisher wrote it
	Notes   []Note
}

// Change is a site's declaration that it has a page of a pack in words of its own.
type Change struct {
	By   string
	Date string   // 2006-01-02
	Note string   // what was changed and why
	At   diag.Pos // in candour.toml
}

// Note is what a site adds above or below a page of a pack, whose own words stay as they are.
type Note struct {
	Above bool
	Text  string
	At    diag.Pos // in candour.toml
}
