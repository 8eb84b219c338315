package alertform

import (
	"slices"
	"strings"
	"time"

	"candour/internal/level"
	"candour/internal/prose"
)

// capXML is the alert's last message in the Common Alerting Protocol, version 1.2 (OASIS, July 2010). The order of elements is
// that of its schema. An alert that was withdrawn, replaced or corrected is a Cancel. One that has expired stays as it was
// sent: its expires says so, and nothing new was sent.
func (f *Forms) capXML(a *alert, docs map[*alert]*prose.Document) []byte {
	w := &elements{}
	w.raw(`<?xml version="1.0" encoding="UTF-8"?>`)
	w.raw(`<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">`)
	sent, kind, earlier := f.message(a)
	w.add("identifier", f.identifier(a, sent))
	w.add("sender", f.sender())
	w.add("sent", stamp(sent))
	w.add("status", capStatus(a))
	w.add("msgType", kind)
	w.add("source", a.source)
	if f.edition.Clearance == level.Public && f.edition.Public() {
		w.add("scope", "Public")
	} else {
		w.add("scope", "Restricted")
		w.add("restriction", f.say(a.lang, "restriction", "edition", f.edition.Name))
	}
	if kind == "Cancel" {
		w.add("note", join(f.over(a), a.note))
	}
	w.add("references", strings.Join(earlier, " "))
	for _, version := range append([]*alert{a}, a.others...) {
		if docs[version] != nil {
			f.info(w, version, kind, docs[version])
		}
	}
	w.raw("</alert>")
	return []byte(w.out.String())
}

// message settles which message of an alert is the last one: when it was sent, what it is, and what it refers to, as
// sender,identifier,sent (CAP 1.2, section 3.2.1).
func (f *Forms) message(a *alert) (sent time.Time, kind string, earlier []string) {
	all := slices.Clone(a.messages)
	refer := func(b *alert, list []message) {
		for _, m := range list {
			earlier = append(earlier, f.sender()+","+f.identifier(b, m.sent)+","+stamp(m.sent))
		}
	}
	for _, before := range a.earlier {
		if before.origin == before {
			refer(before, before.messages)
		}
	}
	switch {
	case (a.state == "replaced" || a.state == "corrected") && a.later != nil && len(a.later.messages) > 0:
		refer(a, all)
		sent = a.later.messages[0].sent
		if last := all[len(all)-1].sent; !sent.After(last) {
			sent = last.Add(time.Second)
		}
		return sent, "Cancel", earlier
	case a.status == "withdrawn":
		kind = "Cancel"
	case len(all) > 1 || len(earlier) > 0:
		kind = "Update"
	default:
		kind = "Alert"
	}
	last := all[len(all)-1]
	refer(a, all[:len(all)-1])
	return last.sent, kind, earlier
}

// sender is the publisher's e-mail address; the schema allows it no sign but -_./: beside letters and digits.
func (f *Forms) sender() string {
	name, domain, _ := strings.Cut(f.cfg.Contact.Email, "@")
	clean := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:", r) {
				return r
			}
			return '-'
		}, s)
	}
	return clean(name) + "@" + clean(domain)
}

func capStatus(a *alert) string {
	if a.state == "draft" || !a.vetted {
		return "Draft"
	}
	return "Actual"
}

// info is the alert in one language. Onset is left out: when the harm began is not known, and nothing is made up.
func (f *Forms) info(w *elements, a *alert, kind string, doc *prose.Document) {
	w.raw("<info>")
	w.add("language", a.lang)
	w.add("category", "Health")
	w.add("event", f.say(a.lang, "event"))
	r := rate(a, kind)
	for _, response := range r.response {
		w.add("responseType", response)
	}
	w.add("urgency", r.urgency)
	w.add("severity", r.severity)
	w.add("certainty", r.certainty)
	w.add("effective", moments(a.issued))
	w.add("expires", moments(a.expires))
	w.add("senderName", f.cfg.Organisation)
	instruction, rest := split(doc)
	if kind == "Cancel" {
		w.add("headline", join(f.warning(a), f.headline(a)))
		w.add("description", join(f.over(a), a.note))
	} else {
		w.add("headline", join(f.warning(a), a.title)) // an expired alert stays as it was sent
		w.add("description", strings.Join(slices.DeleteFunc([]string{stop(a.said), a.summary, prose.Linked(rest, f.resolve(a))}, func(s string) bool { return s == "" }), "\n\n"))
		w.add("instruction", prose.Linked(instruction, f.resolve(a)))
	}
	w.add("web", a.url)
	w.add("contact", f.contact())
	for _, p := range []struct{ name, value string }{{"evidence", f.known(a.page, a.evidence)}, {"grade", a.grade}} {
		if p.value != "" {
			w.raw("<parameter>")
			w.add("valueName", p.name)
			w.add("value", p.value)
			w.raw("</parameter>")
		}
	}
	if a.area != "" {
		w.raw("<area>")
		w.add("areaDesc", a.area)
		w.raw("</area>")
	}
	w.raw("</info>")
}

func moments(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return stamp(at)
}

// rating is how pressing a message is, in CAP's words.
type rating struct {
	response                     []string
	urgency, severity, certainty string
}

// rate translates evidence and grade. It stays below what CAP's definitions would allow, since warning systems sort by it
// and nothing may claim more than the page does:
//
//   - certainty: Observed is "determined to have occurred", which is what a laboratory says. Suspected is Possible ("p <= ~50%"),
//     not Likely, because nobody has worked out a probability. Ruled out is Unlikely ("p ~ 0").
//   - severity: Severe is a "significant threat to life"; Moderate a "possible threat to life", which is what a suspicion is.
//     Extreme, an "extraordinary threat", is for people to say. Grades are each area's own; where a grade is a traffic light, red
//     raises a suspicion to Severe and green lowers a finding to Moderate.
//   - urgency: Immediate while the alert is in force, since its advice is for now; Past when it is taken back.
//   - responseType: Prepare (have naloxone and somebody at hand, as the instruction says) and Monitor (look for the next
//     update). Never AllClear, even for a withdrawal: that a finding was wrong does not make drugs safe.
//
// A correction of another alert warns of nothing, and its urgency and severity are Unknown.
func rate(a *alert, kind string) rating {
	r := rating{response: []string{"Prepare", "Monitor"}, urgency: "Immediate", severity: "Unknown", certainty: "Unknown"}
	switch a.evidence {
	case "confirmed":
		r.severity, r.certainty = "Severe", "Observed"
		if strings.EqualFold(a.grade, "green") {
			r.severity = "Moderate"
		}
	case "suspected":
		r.severity, r.certainty = "Moderate", "Possible"
		if strings.EqualFold(a.grade, "red") {
			r.severity = "Severe"
		}
	case "ruled-out":
		r.severity, r.certainty, r.urgency = "Minor", "Unlikely", "Past"
		r.response = []string{"None"}
	}
	switch {
	case kind == "Cancel":
		r.urgency, r.response = "Past", []string{"None"}
		if a.evidence != "ruled-out" {
			r.severity, r.certainty = "Unknown", "Unknown"
		}
	case a.corrects:
		r.urgency, r.severity, r.response = "Unknown", "Unknown", []string{"Monitor"}
	}
	return r
}

// split takes the instruction out of an alert's text: the section with the id that the program's templates give it, else the
// first section that begins with a numbered list. Its heading stays behind.
func split(doc *prose.Document) (instruction, rest []prose.Block) {
	blocks := doc.Blocks
	from := slices.IndexFunc(blocks, func(b prose.Block) bool { return b.Kind == prose.Heading && b.ID == "what-to-do-now" })
	if from < 0 {
		for i := 1; i < len(blocks) && from < 0; i++ {
			if blocks[i-1].Kind == prose.Heading && blocks[i].Ordered {
				from = i - 1
			}
		}
	}
	if from < 0 {
		return nil, blocks
	}
	to := from + 1
	for to < len(blocks) && (blocks[to].Kind != prose.Heading || blocks[to].Level > blocks[from].Level) {
		to++
	}
	return blocks[from+1 : to], slices.Concat(blocks[:from], blocks[to:])
}

// elements writes XML elements, one a line. Empty ones are left out.
type elements struct{ out strings.Builder }

func (w *elements) raw(tag string) { w.out.WriteString(tag + "\n") }

func (w *elements) add(name, text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	w.out.WriteString("<" + name + ">" + xmlText(text) + "</" + name + ">\n")
}

// xmlText escapes a text and drops what XML 1.0 has no place for.
func xmlText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000 {
			return r
		}
		return -1
	}, s)
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
