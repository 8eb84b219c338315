package printing

import (
	"candour/internal/epub"
	"candour/internal/speech"
)

// words are what formats say that their page does not.
type words struct {
	epub   epub.Words
	speech speech.Words
}

func wordsFor(string) words {
	return words{
		epub: epub.Words{Contents: "Contents", Access: "Text that can be made larger and reflows, with headings to jump between. There are no pictures that the text does not describe."},
		speech: speech.Words{Pause: "pause", Blank: "ask at the venue", End: "That is the end. You can find this leaflet at",
			Synthetic: "This recording is made with a synthetic voice."},
	}
}
