package alertform

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// post is a text for one place. It never has an alert's summary or text: a title repeats no rumour, and they might.
type post struct {
	place        string
	text         string
	count, limit int
}

// posts are the social posts, one for each way of counting. Where a text does not fit, the sender's name gives way, since
// the account has it, and then what to do, since the page has it. The title, the evidence, the expiry and the link stay.
func (f *Forms) posts(a *alert) []post {
	texts := []string{join(f.warning(a), stop(f.headline(a)), f.over(a), a.url)}
	if a.applies() {
		texts = []string{
			join(f.warning(a), stop(f.lead(a)), stop(a.said), f.say(a.lang, "do"), stop(a.expiry), a.url),
			join(f.warning(a), stop(a.title), stop(a.said), f.say(a.lang, "do"), stop(a.expiry), a.url),
			join(f.warning(a), stop(a.title), stop(a.said), stop(a.expiry), a.url),
		}
	}
	var posts []post
	for _, to := range []struct {
		place string
		limit int
		count func(string) int
	}{
		{"X", 280, weighted},
		{"Bluesky", 300, whole}, // in letters as one sees them, the address in full
		{"Mastodon", 500, func(s string) int { return shortened(s, whole) }},
	} {
		p := post{place: to.place, limit: to.limit}
		for _, p.text = range texts {
			if p.count = to.count(p.text); p.count <= p.limit {
				break
			}
		}
		posts = append(posts, p)
	}
	return posts
}

// whole counts characters: never fewer than the letters that a reader sees.
func whole(s string) int { return utf8.RuneCountInString(norm.NFC.String(s)) }

// social is the file of posts: each under its place and its length, ready to copy.
func (f *Forms) social(a *alert) string {
	var out strings.Builder
	for i, p := range f.posts(a) {
		if i > 0 {
			out.WriteString("\n\n")
		}
		out.WriteString(f.say(a.lang, "post", "place", p.place, "count", strconv.Itoa(p.count), "limit", strconv.Itoa(p.limit)) + "\n\n" + p.text)
	}
	return out.String() + "\n"
}

// urlLength is what X and Mastodon count for an address, however long it is.
const urlLength = 23

// shortened counts a text with every address as urlLength.
func shortened(text string, count func(string) int) int {
	n := 0
	for i, word := range strings.Split(norm.NFC.String(text), " ") {
		if i > 0 {
			n++
		}
		if strings.HasPrefix(word, "https://") || strings.HasPrefix(word, "http://") {
			n += urlLength
			continue
		}
		n += count(word)
	}
	return n
}

// weighted counts as X does (twitter-text 3, configuration v3): Latin letters and general punctuation are one, everything
// else is two. An emoji made of several characters counts two there and more here: a count is never too low.
func weighted(text string) int {
	return shortened(text, func(word string) int {
		n := 0
		for _, r := range word {
			switch {
			case r <= 4351, r >= 8192 && r <= 8205, r >= 8208 && r <= 8223, r >= 8242 && r <= 8247:
				n++
			default:
				n += 2
			}
		}
		return n
	})
}
