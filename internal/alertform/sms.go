package alertform

import (
	"strings"
	"unicode/utf16"

	"candour/internal/diag"
)

// sms is the text message: what, how sure, what to do, until when, and where to look. It is plain text without a line end.
func (f *Forms) sms(a *alert) string {
	if !a.applies() {
		return plain(join(f.warning(a), stop(f.headline(a)), f.over(a), a.url))
	}
	return plain(join(f.warning(a), stop(f.lead(a)), stop(a.said), f.say(a.lang, "do"), stop(a.expiry), a.url))
}

// lead is the alert's title with its sender.
func (f *Forms) lead(a *alert) string {
	key := "lead"
	if a.corrects {
		key = "lead_correction"
	}
	return f.say(a.lang, key, "organisation", f.cfg.Organisation, "title", a.title)
}

// plain writes typographic signs as a telephone's alphabet has them: one curly apostrophe would cost a message more than half
// of its room. Letters are never changed, since a name without its accents is another name.
func plain(s string) string {
	return strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`, "–", "-", "—", "-", "…", "...", "\u00a0", " ", "\u202f", " ", "\u00ad", "").Replace(s)
}

// Segments is how a text message is counted and paid for.
type Segments struct {
	Parts      int
	Characters int  // as the network counts them: code units of its encoding
	Unicode    bool // UCS-2, because the default alphabet lacks a character
}

// The default alphabet of 3GPP TS 23.038 (GSM 03.38), section 6.2.1, and its extension table, 6.2.1.1, whose characters take two
// septets each.
const (
	gsmBasic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmMore  = "^{}\\[~]|€\f"
)

// Count counts a text message. A message of one part holds 160 septets, or 70 units of UCS-2; the parts of a longer one hold
// 153, or 67, since a header takes the rest. Neither an escaped character nor a surrogate pair is split between two parts.
func Count(text string) Segments {
	s := Segments{}
	for _, r := range text {
		if !strings.ContainsRune(gsmBasic, r) && !strings.ContainsRune(gsmMore, r) {
			s.Unicode = true
			break
		}
	}
	one, part := 160, 153
	width := func(r rune) int {
		if strings.ContainsRune(gsmMore, r) {
			return 2
		}
		return 1
	}
	if s.Unicode {
		one, part = 70, 67
		width = func(r rune) int { return max(utf16.RuneLen(r), 1) }
	}
	used := 0
	for _, r := range text {
		w := width(r)
		s.Characters += w
		if used+w > part {
			s.Parts++
			used = 0
		}
		used += w
	}
	if s.Parts++; s.Characters <= one {
		s.Parts = 1
	}
	return s
}

const (
	usualParts = 3 // more cost more, and some telephones show them in the wrong order
	mostParts  = 6 // 918 characters: what the gateways of public bodies accept
)

// lengths tells which texts came out longer than they should be.
func (f *Forms) lengths(a *alert) diag.List {
	var found diag.List
	at := a.page.Key("title")
	if n := Count(f.sms(a)); n.Parts > usualParts {
		rule, why := diag.MessageTooLong.At(diag.Notice), ""
		if n.Parts > mostParts {
			rule, why = diag.MessageTooLong, ", more than gateways accept"
		}
		if n.Unicode {
			why += "; it has letters that telephones' own alphabet lacks, which more than halves the room"
		}
		found.Add(diag.New(rule, at, "shorten the title, which stands in it", "the text message has %d parts (%d characters)%s", n.Parts, n.Characters, why))
	}
	for _, p := range f.posts(a) {
		if p.count > p.limit {
			found.Add(diag.New(diag.MessageTooLong, at, "shorten the title, which stands in it", "the post for %s has %d characters, and %d are allowed", p.place, p.count, p.limit))
		}
	}
	return found
}
