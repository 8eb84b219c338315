package webcheck

import "strings"

// tagName is the last tag's name; names that everybody uses cost no allocation.
func (m *markup) tagName() string {
	if n, ok := knownTags[string(m.lexer.name)]; ok {
		return n
	}
	return string(m.lexer.name)
}

var knownTags = func() map[string]string {
	m := map[string]string{}
	for _, n := range strings.Fields(`a abbr article aside b blockquote body br button caption code dd details div dl dt em figure footer form h1 h2 h3 h4 h5
		head header html i img input label li link main meta nav ol p path pre script section small span strong style summary svg
		table tbody td th thead time title tr ul`) {
		m[n] = n
	}
	return m
}()

// scriptSort is how the content of a script element of a type is read: as a script, as a list of addresses, or as data.
func scriptSort(t string) string {
	t, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(t)), ";")
	switch t {
	case "", "module":
		return "script"
	case "importmap", "speculationrules":
		return "importmap"
	}
	for _, end := range []string{"javascript", "ecmascript", "jscript", "livescript"} {
		if strings.HasSuffix(t, end) {
			return "script"
		}
	}
	return "data"
}

func isVoid(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// isBlock reports whether an element stands on lines of its own, as far as finding text is concerned.
func isBlock(name string) bool {
	switch name {
	case "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
		"figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "iframe", "legend", "li",
		"main", "menu", "nav", "noscript", "ol", "optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td",
		"template", "textarea", "tfoot", "th", "thead", "title", "tr", "ul", "video", "audio", "script", "style",
		"text", "desc", "entry", "item", "id", "updated", "author", "name", "email", "uri", "content", "link", "url", "loc", "lastmod":
		return true
	}
	return false
}
