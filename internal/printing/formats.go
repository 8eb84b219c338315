package printing

import (
	"fmt"
	"slices"
	"strings"

	"candour/internal/nearmiss"
)

// Format is one thing that a leaflet can be made into.
type Format struct {
	Name   string // as front matter, candour.toml and --format have it
	Suffix string // of the file's name, after the leaflet's
	Ext    string // with its dot
}

// formats are all that there are, in the order in which they are listed for readers.
var formats = []Format{
	{"a4", "-a4", ".pdf"},
	{"a5", "-a5", ".pdf"},
	{"a6", "-a6", ".pdf"},
	{"a3", "-a3", ".pdf"},
	{"large-print", "-large-print", ".pdf"},
	{"easy-read", "-easy-read", ".pdf"},
	{"text", "", ".txt"},
	{"epub", "", ".epub"},
	{"braille", "", ".brf"},
	{"audio-script", "-audio-script", ".txt"},
	{"audio", "", ".mp3"},
}

// papers are the formats that are named after a size of paper.
var papers = []string{"a4", "a5", "a6", "a3"}

// other are names that people give to formats.
var other = map[string]string{"txt": "text", "plain-text": "text", "brf": "braille", "mp3": "audio", "large": "large-print", "easyread": "easy-read", "script": "audio-script"}

// IsPaper reports whether a format is a size of paper.
func (f Format) IsPaper() bool { return slices.Contains(papers, f.Name) }

// IsPDF reports whether a format is made by a browser.
func (f Format) IsPDF() bool { return f.Ext == ".pdf" }

// Names lists the formats.
func Names() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.Name)
	}
	return names
}

// A UsageError is a wish that cannot be met as it was typed.
type UsageError struct{ Message string }

func (e *UsageError) Error() string { return e.Message }

func wrong(format string, args ...any) error { return &UsageError{fmt.Sprintf(format, args...)} }

// Parse reads --format and --paper. "pdf" stands for the papers that are named, or else for each leaflet's own; papers alone
// ask for PDF. Without either, each leaflet is made in the formats of its front matter and of candour.toml, and Own is set.
func Parse(names, sizes []string) (w Wish, err error) {
	for _, size := range sizes {
		size = strings.ToLower(strings.TrimSpace(size))
		if !slices.Contains(papers, size) {
			return w, wrong("--paper %s: there is no such paper%s; there are %s", size, nearmiss.Suffix(size, papers), strings.Join(papers, ", "))
		}
		w.add(size)
	}
	for _, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		if o, ok := other[name]; ok {
			name = o
		}
		switch {
		case name == "pdf":
			w.OwnPapers = len(sizes) == 0
		case name == "all":
			for _, f := range formats {
				if !f.IsPaper() || len(sizes) == 0 {
					w.add(f.Name)
				}
			}
		case slices.Contains(Names(), name):
			w.add(name)
		default:
			known := append(Names(), "pdf", "all")
			return w, wrong("--format %s: there is no such format%s; there are %s", name, nearmiss.Suffix(name, known), strings.Join(known, ", "))
		}
	}
	w.Own = len(names) == 0 && len(sizes) == 0
	return w, nil
}

// Wish says which formats to make.
type Wish struct {
	Own       bool // each leaflet's own and the site's
	OwnPapers bool // the papers among them
	Named     []string
}

func (w *Wish) add(name string) {
	if !slices.Contains(w.Named, name) {
		w.Named = append(w.Named, name)
	}
}

// of settles which formats a leaflet is made in, in the order of the table.
func (w Wish) of(leaflet, site []string) []Format {
	own := append(slices.Clone(leaflet), site...)
	var list []Format
	for _, f := range formats {
		switch {
		case slices.Contains(w.Named, f.Name),
			w.Own && slices.Contains(own, f.Name),
			w.OwnPapers && f.IsPaper() && slices.Contains(own, f.Name):
			list = append(list, f)
		}
	}
	if w.OwnPapers && !slices.ContainsFunc(list, Format.IsPaper) {
		list = append([]Format{formats[0]}, list...)
	}
	return list
}
