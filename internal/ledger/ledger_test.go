package ledger

import (
	"bytes"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"strings"
	"testing"
	"text/template"

	"github.com/BurntSushi/toml"
	gotoml "github.com/pelletier/go-toml/v2"
)

const value = "Zembrickwold Quillfarrow"

// shows reports whether a text gives the value away.
func shows(text string) bool {
	for _, form := range []string{value, strings.ToUpper(value), hex.EncodeToString([]byte(value)), fmt.Sprint([]byte(value)), fmt.Sprintf("% x", value), fmt.Sprintf("%#v", []byte(value)), "Zembrickwold"} {
		if strings.Contains(strings.ToLower(text), strings.ToLower(form)) {
			return true
		}
	}
	return false
}

func TestSecretPrintsAsMask(t *testing.T) {
	s := NewSecret(value)
	entry := Entry{Secret: s, Label: "field lead.0.name"}
	wrapped := map[string]any{
		"itself": s, "pointer": &s, "entry": entry, "pointer to entry": &entry, "ledger": Ledger{Entries: []Entry{entry}}, "pointer to ledger": &Ledger{Entries: []Entry{entry}},
		"slice": []Secret{s}, "map": map[string]Secret{"a": s}, "key": map[Secret]int{s: 1}, "interface": []any{s, &s}, "error": fmt.Errorf("%v %w", s, errors.New("x")),
	}
	for name, v := range wrapped {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%T %v", "%10.3s", "%-40v", "%c", "%U", "%t", "%e", "%b", "%o"} {
			if got := fmt.Sprintf(verb, v, v); shows(got) {
				t.Errorf("%s under %s: %s", name, verb, got)
			}
		}
		if got := fmt.Sprint(v) + fmt.Sprintln(v); shows(got) {
			t.Errorf("%s under Sprint: %s", name, got)
		}
	}
	if got := fmt.Sprintf("%v|%s|%#v|%x", s, s, s, s); got != strings.Join([]string{Mask, Mask, Mask, Mask}, "|") {
		t.Errorf("prints as %s", got)
	}
	if s.String() != Mask || s.GoString() != Mask {
		t.Error("String or GoString is not the mask")
	}
	if s.Reveal() != value || s.Empty() || !(Secret{}).Empty() {
		t.Error("a secret does not hold its text, or the zero value holds something")
	}
}

func TestSecretStaysOutOfLogsAndTemplates(t *testing.T) {
	s := NewSecret(value)
	var b bytes.Buffer
	log.New(&b, "", 0).Println(s, &s, Entry{Secret: s})
	slog.New(slog.NewTextHandler(&b, nil)).Info("a", "secret", s, "entry", Entry{Secret: s})
	slog.New(slog.NewJSONHandler(&b, nil)).Info("a", "secret", s, "entry", Entry{Secret: s})
	for _, text := range []string{`{{.}} {{printf "%s" .}} {{print .}} {{html .}} {{js .}} {{urlquery .}}`, `{{.text}}`} {
		_ = template.Must(template.New("").Parse(text)).Execute(&b, s)
	}
	func() {
		defer func() { fmt.Fprint(&b, recover()) }()
		panic(s)
	}()
	if b.Len() == 0 || shows(b.String()) {
		t.Errorf("came out:\n%s", b.String())
	}
}

func TestSecretRefusesToMarshal(t *testing.T) {
	s := NewSecret(value)
	type holder struct{ Secret Secret }
	encoders := map[string]func(v any) ([]byte, error){
		"JSON": json.Marshal, "XML": xml.Marshal, "TOML (pelletier)": gotoml.Marshal,
		"TOML": func(v any) ([]byte, error) {
			var b bytes.Buffer
			err := toml.NewEncoder(&b).Encode(v)
			return b.Bytes(), err
		},
		"gob": func(v any) ([]byte, error) {
			var b bytes.Buffer
			err := gob.NewEncoder(&b).Encode(v)
			return b.Bytes(), err
		},
	}
	for name, encode := range encoders {
		for kind, v := range map[string]any{"field": holder{s}, "pointer": &holder{s}, "map": map[string]Secret{"a": s}, "entry": Entry{Secret: s}} {
			if name == "XML" && kind == "map" {
				continue // XML has no maps
			}
			out, err := encode(v)
			if err == nil {
				t.Errorf("%s marshals a secret in a %s: %s", name, kind, out)
			}
			if shows(string(out)) || err != nil && shows(err.Error()) {
				t.Errorf("%s gives the value away in a %s", name, kind)
			}
		}
	}
	for name, marshal := range map[string]func() ([]byte, error){"text": s.MarshalText, "binary": s.MarshalBinary, "JSON": s.MarshalJSON, "gob": s.GobEncode} {
		if out, err := marshal(); !errors.Is(err, ErrMarshal) || len(out) > 0 {
			t.Errorf("%s: %q, %v", name, out, err)
		}
	}
}
