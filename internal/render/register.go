package render

import (
	"cmp"
	"html/template"
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
		say := c.Repo().Say(lang)
		var b strings.Builder
		err := registerRows.Execute(&b, map[string]any{"Lines": lines, "Where": say.T("register_where"), "Why": say.T("register_why"), "Exemption": say.T("register_exemption")})
		view["register_rows"] = b.String()
		return view, err
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

var registerRows = template.Must(template.New("register").Parse(`{{ range .Lines }}
<tr><th scope="row">{{ .What }}</th><td data-head="{{ $.Where }}">{{ if .URL }}<a href="{{ .URL }}"{{ if .Lang }} lang="{{ .Lang }}" dir="{{ .Dir }}"{{ end }}>{{ end }}{{ .Where }}{{ if .URL }}</a>{{ end }}</td><td data-head="{{ $.Why }}">{{ .Label }}</td><td data-head="{{ $.Exemption }}">{{ .Exemption }}</td></tr>
{{- end }}`))
