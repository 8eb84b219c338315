package alertform

import (
	"html"
	"slices"
	"strings"

	"candour/internal/prose"
)

// emailHTML is the alert as a message that stands alone: plain HTML that reads well in any program, light or dark, at any size.
// It has no style at all. Mail programs agree on little of CSS and keep some of it; the site's own security policy would
// block the rest; and what is left without styles is what a reader of any of them can rely on.
func (f *Forms) emailHTML(a *alert, doc *prose.Document) []byte {
	var out strings.Builder
	text := html.EscapeString
	p := func(s string) {
		if s != "" {
			out.WriteString("<p>" + s + "</p>\n")
		}
	}
	dir := doc.Dir
	out.WriteString("<!DOCTYPE html>\n<html lang=\"" + text(doc.Lang) + "\" dir=\"" + text(dir) + "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + text(f.subject(a)) + "</title>\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n" +
		"<link rel=\"canonical\" href=\"" + text(a.url) + "\">\n</head>\n<body>\n<main>\n")
	if w := f.warning(a); w != "" {
		p("<strong>" + text(w) + "</strong>")
	}
	out.WriteString("<h1>" + text(f.headline(a)) + "</h1>\n")
	resolve := f.resolve(a)
	if a.applies() {
		p("<strong>" + text(f.standing(a)) + "</strong>")
		p(text(a.summary))
		out.WriteString(prose.HTML(doc.Parts["emergency"], 0, resolve))
		out.WriteString(prose.HTML(doc.Blocks, below(doc.Blocks), resolve))
	} else {
		p("<strong>" + linked(f.over(a)) + "</strong>")
		if a.note != "" {
			p(text(f.say(a.lang, "last_change") + ": " + a.note))
		}
	}
	p(text(f.say(a.lang, "page")) + ": " + shown(a.url) + ". " + text(f.say(a.lang, "page_why")))
	out.WriteString("</main>\n<footer>\n")
	p(text(f.say(a.lang, "sent_by", "organisation", f.cfg.Organisation)))
	contact := "<a href=\"mailto:" + text(f.cfg.Contact.Email) + "\">" + text(f.cfg.Contact.Email) + "</a>"
	if phone := f.cfg.Contact.Phone; phone != "" {
		contact += ", " + text(phone)
	}
	p(text(f.say(a.lang, "contact")) + ": " + contact)
	out.WriteString("</footer>\n</body>\n</html>\n")
	return []byte(out.String())
}

// below is how far headings must move down for all of them to stand below the main one.
func below(blocks []prose.Block) int {
	if slices.ContainsFunc(blocks, func(b prose.Block) bool { return b.Kind == prose.Heading && b.Level == 1 }) {
		return 1
	}
	return 0
}

// linked escapes a text and makes a link of the address at its end.
func linked(s string) string {
	before, address, ok := strings.Cut(s, " https://")
	if !ok {
		return html.EscapeString(s)
	}
	return html.EscapeString(before) + " " + shown("https://"+address)
}

// shown is a link that shows its address. It may break behind its slashes: on a phone with wide letters a whole one is
// wider than the window (WCAG 2.2, 1.4.10 and 1.4.12).
func shown(address string) string {
	address = html.EscapeString(address)
	scheme, rest, _ := strings.Cut(address, "://")
	parts := strings.SplitAfter(rest, "/")
	if last := len(parts) - 1; parts[last] == "" {
		parts = parts[:last]
	}
	return `<a href="` + address + `">` + scheme + "://<wbr>" + strings.Join(parts, "<wbr>") + "</a>"
}

func (f *Forms) subject(a *alert) string {
	if a.applies() {
		return join(f.warning(a), f.lead(a))
	}
	return join(f.warning(a), f.headline(a))
}

// emailText is the same message as text: its subject, then what the HTML says.
func (f *Forms) emailText(a *alert, doc *prose.Document) []byte {
	parts := []string{f.say(a.lang, "subject", "title", f.subject(a)), f.warning(a), f.headline(a)}
	resolve := f.resolve(a)
	if a.applies() {
		parts = append(parts, f.standing(a), a.summary, prose.Linked(doc.Parts["emergency"], resolve), prose.Linked(doc.Blocks, resolve))
	} else {
		parts = append(parts, f.over(a))
		if a.note != "" {
			parts = append(parts, f.say(a.lang, "last_change")+": "+a.note)
		}
	}
	parts = append(parts, f.say(a.lang, "page")+": "+a.url+"\n"+f.say(a.lang, "page_why"),
		f.say(a.lang, "sent_by", "organisation", f.cfg.Organisation)+"\n"+f.say(a.lang, "contact")+": "+f.contact())
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return []byte(strings.Join(out, "\n\n") + "\n")
}
