package render

import (
	"bytes"
	"slices"

	"candour/internal/output"
)

const sitemapName = "sitemap.xml"

// oneSitemap puts the languages' site maps into one. Hugo writes a map into each language's folder, that of the site's own
// language too, which has no folder otherwise, and an index of them. Every page of every language, with its translations,
// belongs at the one address that robots.txt names. Maps of another form, from a template of the site's own, stay as they are.
func oneSitemap(files []output.File, langs []string) []output.File {
	if len(langs) < 2 {
		return files
	}
	const end = "</urlset>"
	var parts []int
	var all []byte
	for _, lang := range langs {
		i := slices.IndexFunc(files, func(f output.File) bool { return f.Path == lang+"/"+sitemapName })
		if i < 0 {
			continue
		}
		data := bytes.TrimSpace(files[i].Data)
		open := bytes.Index(data, []byte("<urlset"))
		if open < 0 || !bytes.HasSuffix(data, []byte(end)) {
			return files
		}
		head := open + bytes.IndexByte(data[open:], '>') + 1
		if all == nil {
			all = append(all, data[:head]...)
		}
		all = append(all, data[head:len(data)-len(end)]...)
		parts = append(parts, i)
	}
	index := slices.IndexFunc(files, func(f output.File) bool { return f.Path == sitemapName })
	if index < 0 || len(parts) == 0 {
		return files
	}
	out := make([]output.File, 0, len(files))
	for i, f := range files {
		switch {
		case i == index:
			f.Data = append(all, end...)
		case slices.Contains(parts, i):
			continue
		}
		out = append(out, f)
	}
	return out
}
