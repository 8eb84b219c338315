package audit_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"testing"
	"testing/fstest"

	"candour/internal/diag"
	"candour/internal/sitetest"
)

// A picture in a data: address is held to what a picture in a file is: what it carries besides is refused, packed or not.
func TestPicturesInsideFiles(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	clean := b.Bytes()
	described := append(bytes.Clone(clean), "and what a camera noted"...)
	pack := base64.StdEncoding.EncodeToString
	for name, tc := range map[string]struct {
		path, text string
		refused    bool
	}{
		"clean, in a style sheet":         {"a.css", `a{background:url("data:image/png;base64,` + pack(clean) + `")}`, false},
		"with more, in a style sheet":     {"a.css", `a{background:url(data:image/png;base64,` + pack(described) + `)}`, true},
		"with more, in JSON":              {"a.json", `{"a":"data:image\/png;base64,` + string(bytes.ReplaceAll([]byte(pack(described)), []byte("/"), []byte(`\/`))) + `"}`, true},
		"with more, in an app's manifest": {"a.webmanifest", `{"icons":[{"src":"data:image/png;name=x;base64,` + pack(described) + `"}]}`, true},
		"no picture at all":               {"a.js", `x="data:image/png;base64,` + pack([]byte("this is not a picture")) + `"`, true},
		"of another type":                 {"a.js", `x="data:text/plain;base64,` + pack([]byte("this is a text")) + `"`, false},
	} {
		files := sitetest.Files("")
		files["static/"+tc.path] = &fstest.MapFile{Data: []byte(tc.text)}
		out := sitetest.Run(t, sitetest.Options(files, "public"))
		if refused := out.Audited == nil; refused != tc.refused || refused && !out.Findings.Has(diag.FileUnreadable) {
			t.Errorf("%s: refused %v\n%s", name, refused, sitetest.Print(out.Findings))
		}
	}
}
