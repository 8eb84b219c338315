package printing

import (
	"candour/internal/epub"
	"candour/internal/speech"
	"candour/internal/words"
)

// said are what formats say that their page does not, in a language.
type said struct {
	epub   epub.Words
	speech speech.Words
}

func sayings(w *words.Words) said {
	return said{
		epub:   epub.Words{Contents: w.T("print_contents"), Access: w.T("print_access")},
		speech: speech.Words{Pause: w.T("print_pause"), Blank: w.T("print_blank"), End: w.T("print_end"), Synthetic: w.T("print_synthetic")},
	}
}
