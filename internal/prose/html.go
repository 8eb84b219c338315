package prose

import (
	"html"
	"strings"
)

// HTML writes blocks as plain HTML without classes, ids or styles, for pages that stand alone. Headings move down by shift
// ranks; resolve makes the addresses of links whole, and a link to a place on the page itself becomes its text.
func HTML(blocks []Block, shift int, resolve func(href string) string) string {
	w := writer{shift: shift, resolve: resolve}
	for i := 0; i < len(blocks); {
		b := blocks[i]
		switch {
		case b.Depth > 0:
			i += w.list(blocks[i:], 1)
		case b.Kind == Row || b.Kind == Caption && i+1 < len(blocks) && blocks[i+1].Kind == Row:
			i += w.table(blocks[i:])
		case b.Kind == Term || b.Kind == Detail:
			w.out.WriteString("<dl>\n")
			for ; i < len(blocks) && (blocks[i].Kind == Term || blocks[i].Kind == Detail) && blocks[i].Depth == 0; i++ {
				tag := "dt"
				if blocks[i].Kind == Detail {
					tag = "dd"
				}
				w.element(tag, blocks[i])
			}
			w.out.WriteString("</dl>\n")
		default:
			w.block(b)
			i++
		}
	}
	return w.out.String()
}

type writer struct {
	out     strings.Builder
	shift   int
	resolve func(string) string
}

func (w *writer) block(b Block) {
	switch b.Kind {
	case Heading:
		w.element("h"+itoa(min(b.Level+w.shift, 6)), b)
	case Quote:
		w.out.WriteString("<blockquote>")
		w.element("p", b)
		w.out.WriteString("</blockquote>\n")
	case Code:
		w.element("pre", b)
	default:
		w.element("p", b)
	}
}

func (w *writer) element(tag string, b Block) {
	w.out.WriteString("<" + tag + language(b.Lang) + ">" + w.runs(b.Runs) + "</" + tag + ">\n")
}

func language(lang string) string {
	if lang == "" {
		return ""
	}
	return ` lang="` + html.EscapeString(lang) + `"`
}

// list writes the blocks of a list, and returns how many they are.
func (w *writer) list(blocks []Block, depth int) int {
	first := blocks[0]
	tag, start := "ul", ""
	if first.Ordered && first.Depth == depth {
		tag = "ol"
		if first.Number != 1 {
			start = ` start="` + itoa(first.Number) + `"`
		}
	}
	w.out.WriteString("<" + tag + start + ">\n")
	open := false
	i := 0
	for i < len(blocks) && blocks[i].Depth >= depth {
		b := blocks[i]
		if b.Depth > depth {
			if !open {
				w.out.WriteString("<li>")
				open = true
			}
			i += w.list(blocks[i:], depth+1)
			continue
		}
		if b.Kind == Item {
			if i > 0 && (b.Ordered != (tag == "ol") || b.Ordered && b.Number < blocks[0].Number) {
				break // another list
			}
			if open {
				w.out.WriteString("</li>\n")
			}
			w.out.WriteString("<li" + language(b.Lang) + ">" + w.runs(b.Runs))
			open = true
		} else {
			if !open {
				w.out.WriteString("<li>")
				open = true
			}
			w.block(Block{Kind: b.Kind, Level: b.Level, Lang: b.Lang, Runs: w.rowRuns(b)})
		}
		i++
	}
	if open {
		w.out.WriteString("</li>\n")
	}
	w.out.WriteString("</" + tag + ">\n")
	return max(i, 1)
}

// rowRuns are the runs of a block that may be a row.
func (w *writer) rowRuns(b Block) []Run {
	if b.Kind == Row {
		return []Run{{Text: b.say()}}
	}
	return b.Runs
}

func (w *writer) table(blocks []Block) int {
	i := 0
	w.out.WriteString("<table>\n")
	if blocks[0].Kind == Caption {
		w.element("caption", blocks[0])
		i++
	}
	if heads := blocks[i].Heads; strings.Join(heads, "") != "" {
		w.out.WriteString("<thead><tr>")
		for _, h := range heads {
			w.out.WriteString(`<th scope="col">` + html.EscapeString(h) + "</th>")
		}
		w.out.WriteString("</tr></thead>\n")
	}
	w.out.WriteString("<tbody>\n")
	for ; i < len(blocks) && blocks[i].Kind == Row && blocks[i].Depth == 0; i++ {
		w.out.WriteString("<tr" + language(blocks[i].Lang) + ">")
		for _, c := range blocks[i].Cells {
			w.out.WriteString("<td>" + html.EscapeString(c) + "</td>")
		}
		w.out.WriteString("</tr>\n")
	}
	w.out.WriteString("</tbody></table>\n")
	return i
}

func (w *writer) runs(runs []Run) string {
	var out strings.Builder
	for i := 0; i < len(runs); {
		href := runs[i].Href
		j := i + 1
		for j < len(runs) && runs[j].Href == href {
			j++
		}
		inner := ""
		for _, r := range runs[i:j] {
			inner += run(r)
		}
		if href != "" && !strings.HasPrefix(href, "#") {
			out.WriteString(`<a href="` + html.EscapeString(w.resolve(href)) + `">` + inner + "</a>")
		} else {
			out.WriteString(inner)
		}
		i = j
	}
	return out.String()
}

func run(r Run) string {
	text := strings.ReplaceAll(html.EscapeString(r.Text), "\n", "<br>")
	for _, t := range []struct {
		on  bool
		tag string
	}{{r.Code, "code"}, {r.Emphasis, "em"}, {r.Strong, "strong"}} {
		if t.on {
			text = "<" + t.tag + ">" + text + "</" + t.tag + ">"
		}
	}
	if r.Lang != "" {
		text = "<span" + language(r.Lang) + ">" + text + "</span>"
	}
	return text
}
