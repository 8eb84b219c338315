package speech

import (
	"context"
	"encoding/xml"
	"fmt"
	"strings"

	"candour/internal/tool"
)

// voices of espeak-ng by language.
var voices = map[string]string{"en": "en-gb", "cy": "cy", "pl": "pl", "ur": "ur"}

// A LanguageError means that there is no voice for a language.
type LanguageError struct{ Lang string }

func (e *LanguageError) Error() string {
	return fmt.Sprintf("there is no synthetic voice for the language %q; there are voices for cy, en, pl, ur", e.Lang)
}

// Voice is a synthetic voice and an encoder on this machine.
type Voice struct{ espeak, lame *tool.Program }

// Find looks for espeak-ng and lame.
func Find() (*Voice, error) {
	espeak, err := tool.Find("espeak-ng", "espeak-ng", "https://github.com/espeak-ng/espeak-ng")
	if err != nil {
		return nil, err
	}
	lame, err := tool.Find("lame", "lame", "https://lame.sourceforge.io/")
	if err != nil {
		return nil, err
	}
	return &Voice{espeak, lame}, nil
}

// Info is what a recording says about itself.
type Info struct {
	Title, Lang, Publisher, Address string
}

// Speak makes a recording of a script, in MP3, which says first that its voice is synthetic and carries that in its tag.
func (v *Voice) Speak(ctx context.Context, script []byte, info Info, w Words) ([]byte, error) {
	lang, _, _ := strings.Cut(strings.ToLower(info.Lang), "-")
	name, ok := voices[lang]
	if !ok {
		return nil, &LanguageError{info.Lang}
	}
	// 150 words a minute: slower than usual talk, for advice that is to be followed.
	wave, err := v.espeak.Run(ctx, ssml(script, w), "-v", name, "-s", "150", "-m", "--stdin", "--stdout")
	if err != nil {
		return nil, err
	}
	if len(wave) < 1000 {
		return nil, fmt.Errorf("espeak-ng made no sound")
	}
	sound, err := v.lame.Run(ctx, wave, "--quiet", "--noreplaygain", "-m", "m", "-b", "40", "--resample", "22.05", "-", "-")
	if err != nil {
		return nil, err
	}
	return append(tag(info, w.Synthetic), sound...), nil
}

// ssml marks the pauses of a script up.
func ssml(script []byte, w Words) []byte {
	var out strings.Builder
	out.WriteString("<speak>\n")
	for _, p := range strings.Split(w.Synthetic+"\n\n["+w.Pause+"]\n\n"+string(script), "\n\n") {
		p = strings.TrimSpace(p)
		if p == "["+w.Pause+"]" {
			out.WriteString(`<break time="900ms"/>` + "\n")
			continue
		}
		out.WriteString("<p>")
		_ = xml.EscapeText(&out, []byte(p))
		out.WriteString("</p>\n")
	}
	out.WriteString("</speak>\n")
	return []byte(out.String())
}
