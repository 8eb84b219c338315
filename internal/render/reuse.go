package render

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"candour/internal/content"
	"candour/internal/output"
	"candour/internal/redact"
)

// Key stands for all that a page is made of: its cleared front matter and body, the theme, the configuration, the
// vocabularies, and the names of the site's sections. It is made of cleared content alone.
type Key [sha256.Size]byte

// Past hands out pages of an earlier rendering of the same edition.
type Past interface {
	// Page returns the finished bytes of the file at path if they were made from what key stands for.
	Page(path string, key Key) ([]byte, bool)
}

// Keys are the keys of the pages that a later rendering may use again, by the path of their file.
func (r *Rendered) Keys() map[string]Key { return r.keys }

// alone are the kinds whose pages show nothing of other pages but what the frame covers. Alerts name and link each other,
// the narrative is rare, and lists, feeds and terms are always made again.
var alone = map[content.Kind]bool{content.Plans: true, content.Leaflets: true, content.Pages: true, content.AlertTemplates: true}

// reuser returns the function that settles, page by page, what Hugo is given: the page, or, where its finished bytes are
// at hand, its front matter alone, so that lists still know it. A site with templates of its own gets every page made
// again, since only the program's own are known not to look at other pages; so does one in several languages.
func (t *tree) reuser(c *redact.Cleared, past Past) func(p *redact.Page, name string, data []byte) []byte {
	frame := sha256.New()
	frame.Write(t.frame)
	tags := false
	able := c.Repo().Theme().Own
	for _, p := range c.Pages() {
		if p.Section {
			fmt.Fprintf(frame, "%s\x00%s\x00", p.Address, p.Title)
		}
		if list, ok := p.Params["tags"].([]any); ok && len(list) > 0 {
			tags = true
		}
		able = able && p.Lang == ""
	}
	kinds := map[content.Kind]bool{}
	for _, p := range c.Pages() {
		kinds[p.Kind] = true
	}
	fmt.Fprintf(frame, "%v\x00%v", tags, kinds)
	base := frame.Sum(nil)
	return func(p *redact.Page, name string, data []byte) []byte {
		if !able || !alone[p.Kind] || p.Section {
			return data
		}
		h := sha256.New()
		h.Write(base)
		fmt.Fprintf(h, "%s\x00", name)
		h.Write(data)
		file := strings.TrimPrefix(p.Address, "/") + "index.html"
		var key Key
		h.Sum(key[:0])
		t.keys[file] = key
		if past == nil {
			return data
		}
		done, ok := past.Page(file, key)
		if !ok {
			return data
		}
		t.reused = append(t.reused, output.File{Path: file, Data: done})
		front, _, _ := strings.Cut(string(data), "\n")
		return []byte(`{"build":{"render":"link"},` + strings.TrimPrefix(front, "{"))
	}
}
