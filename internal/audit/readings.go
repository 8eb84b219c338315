package audit

import (
	"crypto/sha256"
	"path"
	"strings"

	"candour/internal/leak"
	"candour/internal/level"
	"candour/internal/media"
	"candour/internal/output"
)

// Readings keeps what was read out of PDFs of the public edition in which nothing was found, by the digest of their bytes. To
// read a PDF takes several times as long as to search its words. What is withheld is no part of it, so that the search is made
// anew each time, for what is withheld then.
type Readings interface {
	Reading(sum [sha256.Size]byte) (media.Reading, bool)
	Note(sum [sha256.Size]byte, r media.Reading)
}

// Remember lets the audit use what was read before, and take down what it reads.
func (w *Watch) Remember(r Readings) { w.readings = r }

// read reads a file, or takes what was read out of it before. data is what of its bytes is to be searched besides: all of them in the
// first case; in the second what is in no object of the PDF and reads as text.
func (w *Watch) read(f *output.File) (data []byte, r media.Reading, err error) {
	if w.remembers(f) {
		if r, ok := w.readings.Reading(f.Sum()); ok {
			return r.Rest, r, nil
		}
	}
	r, err = media.Read(f.Path, f.Data)
	return f.Data, r, err
}

func (w *Watch) remembers(f *output.File) bool {
	return w.readings != nil && w.cleared.Edition().Clearance == level.Public && strings.EqualFold(path.Ext(f.Path), ".pdf")
}

// note takes down what was read out of a file in which nothing was found; of its packed bytes, what reads as text.
func (w *Watch) note(f *output.File, r media.Reading) {
	if !w.remembers(f) {
		return
	}
	if _, ok := w.readings.Reading(f.Sum()); !ok {
		r.Rest = leak.Readable(r.Rest)
		w.readings.Note(f.Sum(), r)
	}
}
