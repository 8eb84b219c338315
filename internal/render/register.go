package render

import (
	"bytes"
	"cmp"
	"html"
	"slices"
	"strings"

	"candour/internal/present"
	"candour/internal/redact"
)

// registerLine is a line of the public register as its page shows it.
type registerLine struct {
	What, Where, URL, Reason, Label, Exemption string

	Lang, Dir string // of Where, if it is not in the language of the page
}

// register is the public register in a language, for the front matter of its page: each line, and which reasons they give.
func register(c *redact.Cleared, lang string) (lines []registerLine, reasons []string) {
	say, words := c.Repo().Say(lang), c.Repo().Words().In(lang)
	in := map[string]string{} // address -> language of the page
	for _, p := range c.Pages() {
		in[p.Address] = cmp.Or(p.Lang, c.Config().PrimaryLanguage())
	}
	base := strings.TrimSuffix(redact.BasePath(c.Edition().BaseURL), "/")
	for _, l := range c.Register() {
		e := words.Get("reasons", l.Reason)
		line := registerLine{What: l.What(say), Where: l.Page, URL: base + l.Address, Reason: l.Reason, Label: e.Label(), Exemption: say.Exemption(e.Text("section"))}
		if other := in[l.Address]; other != lang && other != "" { // its title is not in the language of the register
			line.Lang, line.Dir = other, map[bool]string{true: "rtl", false: "ltr"}[present.RightToLeft(other)]
		}
		lines = append(lines, line)
		if !slices.Contains(reasons, l.Reason) {
			reasons = append(reasons, l.Reason)
		}
	}
	slices.Sort(reasons)
	return lines, reasons
}

// registerView is what the page's template gets of the register. With rows, the rows of its table come ready made, because
// there may be several for every page: layouts/withheld/page.html makes the same of the lines, in ten times the time.
func registerView(c *redact.Cleared, lang string, rows bool) (map[string]any, error) {
	lines, reasons := register(c, lang)
	view := map[string]any{"register_reasons": reasons}
	if rows {
		var b bytes.Buffer
		say := c.Repo().Say(lang)
		where, why, exemption := cell(say.T("register_where")), cell(say.T("register_why")), cell(say.T("register_exemption"))
		for i := range lines {
			if err := lines[i].write(&b, where, why, exemption); err != nil {
				return nil, err
			}
		}
		view["register_rows"] = b.String()
		return view, nil
	}
	list := make([]any, len(lines))
	for i, l := range lines {
		line := map[string]any{"what": l.What, "where": l.Where, "where_url": l.URL, "reason": l.Reason, "label": l.Label, "exemption": l.Exemption}
		if l.Lang != "" {
			line["where_lang"], line["where_dir"] = l.Lang, l.Dir
		}
		list[i] = line
	}
	view["register"] = list
	return view, nil
}

// cell is the start tag of a cell in a column with a name.
func cell(name string) string { return `<td data-head="` + html.EscapeString(name) + `">` }

// write is a row of layouts/withheld/page.html. The cells' start tags are given.
func (l *registerLine) write(w *bytes.Buffer, where, why, exemption string) error {
	add := func(texts ...string) {
		for _, t := range texts {
			w.WriteString(t)
		}
	}
	add(`<tr><th scope="row">`, html.EscapeString(l.What), "</th>", where)
	if l.URL != "" {
		if err := startLink(w, link{To: l.URL, Lang: l.Lang, Dir: l.Dir}); err != nil {
			return err
		}
	}
	add(html.EscapeString(l.Where))
	if l.URL != "" {
		add("</a>")
	}
	add("</td>", why, html.EscapeString(l.Label), "</td>", exemption, html.EscapeString(l.Exemption), "</td></tr>\n")
	return nil
}
