package audit

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"path"
	"regexp"
	"strings"

	"candour/internal/diag"
	"candour/internal/media"
	"candour/internal/output"
)

// dataURL is a picture, document or font that stands inside another file.
var dataURL = regexp.MustCompile(`(?i)data:(?:image/(png|jpe?g|gif|webp|avif)|image/(?:x-icon|vnd\.microsoft\.icon)|application/(pdf)|(?:font|application)/(?:font-)?(woff2))[^,"'()<>\s]{0,80};base64,([a-z0-9+/=_%\s-]*)`)

// embedded reads what stands inside a file as a data: address as if it were a file of its own: packed pictures may carry
// what cleaning would have taken out. It returns their texts.
func embedded(f *output.File, at diag.Pos) (texts []string, found diag.List) {
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".html", ".css", ".js", ".json", ".webmanifest", ".xml", ".atom", ".txt":
	default:
		return nil, nil // a drawing's have been cleaned with it
	}
	if !bytes.Contains(f.Data, []byte("base64,")) {
		return nil, nil
	}
	data := bytes.ReplaceAll(f.Data, []byte(`\/`), []byte(`/`))
	for _, m := range dataURL.FindAllSubmatch(data, -1) {
		kind := strings.ToLower(string(m[1]) + string(m[2]) + string(m[3]))
		if kind == "" {
			kind = "ico"
		}
		packed := strings.Join(strings.Fields(string(m[4])), "")
		if plain, err := url.PathUnescape(packed); err == nil {
			packed = plain
		}
		packed = strings.NewReplacer("-", "+", "_", "/", "=", "").Replace(packed)
		inside, err := base64.RawStdEncoding.DecodeString(packed)
		if err == nil {
			var read []string
			read, err = media.Texts("x."+kind, inside)
			texts = append(texts, read...)
		}
		if err != nil {
			found.Add(diag.New(diag.FileUnreadable, at, "put it into a file of its own, which is cleaned, or save it without metadata first", "%s has a picture, document or font in a data: address that the audit cannot read, or that carries metadata", f.Path))
		}
	}
	return texts, found
}
