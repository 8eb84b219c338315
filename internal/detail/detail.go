// Package detail finds details that a public page should not carry by accident: telephone numbers, e-mail addresses,
// postcodes, NHS and National Insurance numbers, exact locations, named operations and people's names.
//
// Reach for [Find], and for [Allowed] to leave out what a site has listed under [publishable]. The detectors know nothing of
// flags or editions: they see text, and say where something stands that looks like a detail.
package detail

import (
	"strings"

	"candour/internal/diag"
)

// Kind says what a match looks like.
type Kind string

// The kinds of details.
const (
	Phone     Kind = "phone"
	Email     Kind = "email"
	Postcode  Kind = "postcode"
	NHS       Kind = "nhs-number"
	NI        Kind = "ni-number"
	Location  Kind = "location"
	Operation Kind = "operation"
	Name      Kind = "name"
)

// Match is one detail found: Text is the searched text between the byte offsets Start and End.
type Match struct {
	Kind       Kind
	Start, End int
	Text       string
}

// Find returns the details in text, sorted by Start and without overlaps: where two readings compete, the longer wins, and of
// two equally long ones the more specific. Spaces, hyphens and digits count in their Unicode variants too, and characters
// without a width do not hide anything.
func Find(text string) []Match {
	folded, shifts := fold(text)
	sc := scanner{s: folded}
	sc.scan()
	if len(sc.found) == 0 {
		return nil
	}
	out := make([]Match, len(sc.found))
	for i, f := range sc.found {
		start, end := shifts.origin(f.start), shifts.originEnd(text, folded, f.end)
		out[i] = Match{Kind: f.kind, Start: start, End: end, Text: text[start:end]}
	}
	return out
}

// Rule is the finding that a match leads to.
func (m Match) Rule() diag.Rule {
	switch m.Kind {
	case Phone:
		return diag.UnflaggedPhone
	case Email:
		return diag.UnflaggedEmail
	case Postcode:
		return diag.UnflaggedPostcode
	case NHS:
		return diag.UnflaggedNHS
	case NI:
		return diag.UnflaggedNI
	case Location:
		return diag.UnflaggedLocation
	case Operation:
		return diag.UnflaggedOp
	default:
		return diag.UnflaggedName
	}
}

// Normal is the form in which two spellings of one detail are the same. Of a telephone number it is the national digits with
// the leading nought; an extension is no part of it.
func (m Match) Normal() string { return normal(m.Kind, m.Text) }

// Key tells one detail from another, in whatever spelling.
func (m Match) Key() string { return string(m.Kind) + "\x00" + m.Normal() }

// Line is the line to paste under [publishable] to let the detail stand.
func (m Match) Line() string {
	key := "phrases"
	switch m.Kind {
	case Phone:
		key = "phones"
	case Email:
		key = "emails"
	case Postcode:
		key = "postcodes"
	case Operation:
		key = "operations"
	case Name:
		key = "names"
	}
	return key + " = [" + quoteTOML(plain(m.Text)) + "]"
}

// plain is text as one would type it: folded, and with white space collapsed.
func plain(text string) string {
	s, _ := fold(text)
	return strings.Join(strings.Fields(s), " ")
}

func quoteTOML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// normal is Match.Normal for values that a site lists, too.
func normal(k Kind, text string) string {
	s := plain(text)
	switch k {
	case Phone:
		return phoneDigits(s)
	case Email:
		return strings.ToLower(s)
	case Postcode, NHS, NI, Location: // signs and points of degrees go: two places are not taken for one by that
		return alphanumeric(s)
	case Operation:
		return operationName(s)
	case Name:
		return personName(s)
	default:
		return strings.ToLower(s)
	}
}

// alphanumeric is s in capitals without anything but ASCII letters and digits.
func alphanumeric(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if is(s[i], alnum) {
			b = append(b, upper(s[i]))
		}
	}
	return string(b)
}
