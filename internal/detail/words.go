package detail

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// operation looks for a named operation whose first word begins at i.
func (sc *scanner) operation(i int) int {
	s := sc.s
	e := runOf(s, i, letter)
	switch s[i:e] {
	case "Operation", "operation", "OPERATION", "Op", "op", "OP", "Ymgyrch", "YMGYRCH":
	default:
		return 0
	}
	if i > 0 && strings.IndexByte("-'", s[i-1]) >= 0 { // "Co-Op Food", "post-op"
		return 0
	}
	if e < len(s) && s[e] == '.' && e-i == 2 {
		e++
	}
	p := sc.gap(e)
	if p == 0 {
		return 0
	}
	small := s[i] == 'o'
	if small && e-i == 2 && strings.Contains(s[e:p], "\n") {
		return 0
	}
	quote := byte(0)
	if p < len(s) && (s[p] == '"' || s[p] == '\'') {
		quote = s[p]
		p++
	}
	end := sc.capitalised(p)
	if end == 0 || end-p < 2 || notOperation[strings.ToLower(s[p:end])] || isHonorific(s[p:end]) && quote == 0 ||
		small && quote == 0 && isCapitals(s[p:end]) { // "operation ID"
		return 0
	}
	for range 2 { // "Operation Blue Falcon"
		q := skip(s, end, 1)
		if q == end {
			break
		}
		next := sc.capitalised(q)
		if next == 0 || next-q < 2 || notOperation[strings.ToLower(s[q:next])] || notName[strings.ToLower(s[q:next])] || isHonorific(s[q:next]) {
			break
		}
		end = next
	}
	if quote != 0 && end < len(s) && s[end] == quote {
		end++
	}
	sc.add(Operation, i, end)
	return end
}

// notOperation are words that follow "Operation" in the names of other things.
var notOperation = set(`manual manuals hours centre centres center theatre theatres room team teams plan plans planning procedure procedures
	guide guides guidance time times date dates number numbers name names type types cost costs command commander control controls
	group groups officer officers manager managers details notes note status safety instructions mode system systems support order
	orders lead leads unit board director directors model framework review report reports summary page site centre's briefing
	schedule policy list log form forms process code codes day night period of the and in on for at by to is was a an it this that we
	monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
	november december ed art clinic department ward amp cit`)

// operationName is what an operation is called, however it is announced.
func operationName(s string) string {
	s = strings.ToLower(s)
	for _, w := range []string{"operation ", "op. ", "op ", "ymgyrch "} {
		if rest, ok := strings.CutPrefix(s, w); ok {
			s = rest
			break
		}
	}
	return strings.Trim(s, `"' `)
}

// honorificInitials are the letters that an honorific begins with: see honorific.
const honorificInitials = "ACDILMPRS"

// What an honorific is. Words that are also written in full end a sentence where a full stop follows them.
const (
	abbreviated = 1 + iota
	wholeWord
	rank // may be followed by a collar number
)

var honorific = map[string]int{
	"Mr": abbreviated, "Mrs": abbreviated, "Ms": abbreviated, "Mx": abbreviated, "Dr": abbreviated, "Prof": abbreviated,
	"Cllr": abbreviated, "Rev": abbreviated, "Revd": abbreviated, "Sgt": rank, "Insp": rank, "Supt": rank, "Det": abbreviated,
	"MR": abbreviated, "MRS": abbreviated, "DR": abbreviated, "PROF": abbreviated, "CLLR": abbreviated, "SGT": rank, "REV": abbreviated,
	"Miss": wholeWord, "MISS": wholeWord, "Professor": wholeWord, "Sir": wholeWord, "Dame": wholeWord, "Lord": wholeWord, "Lady": wholeWord,
	"Councillor": wholeWord, "Reverend": wholeWord, "Sergeant": wholeWord, "Inspector": wholeWord, "Superintendent": wholeWord,
	"Constable": wholeWord, "Cyng": abbreviated, "Cynghorydd": wholeWord, "Athro": wholeWord, "Parch": abbreviated,
	"PC": rank, "DC": rank, "DI": rank, "DCI": rank, "DS": rank, "DSI": rank, "PCSO": rank,
}

func isHonorific(s string) bool { return honorific[s] != 0 }

// name looks for an honorific at i with a name behind it.
func (sc *scanner) name(i int) int {
	s := sc.s
	word, e := i, runOf(s, i, letter)
	if e-i < 2 || !isHonorific(s[i:e]) || i > 0 && strings.IndexByte("-'@/_", s[i-1]) >= 0 || sc.streetName(i, e) {
		return 0
	}
	p := e
	for range 3 { // "Rev Dr Jones", "Det Insp Jones"
		sort := honorific[s[word:e]]
		dotted := p < len(s) && s[p] == '.'
		if dotted {
			if sort == wholeWord {
				return 0
			}
			p++
		}
		q := sc.gap(p)
		if q > 0 && sort == rank && strings.Contains(s[p:q], "\n") {
			return 0 // the rank is a cell or line of its own
		}
		if q == 0 && !(dotted && p < len(s) && is(s[p], capital)) { // "Dr.Smith"
			return 0
		}
		p = max(p, q)
		if d := runOf(s, p, digit); sort == rank && d > p && d-p <= 5 && sc.gap(d) > 0 {
			p = sc.gap(d)
		}
		n := runOf(s, p, letter)
		if !isHonorific(s[p:n]) {
			break
		}
		word, e, p = p, n, n
	}
	end := sc.personFrom(p, e-word > 2 && isCapitals(s[word:e]) && honorific[s[word:e]] != rank)
	if end > 0 {
		sc.add(Name, i, end)
	}
	return end
}

// personFrom returns the end of the name that begins at p, or 0. Where capitals is set, only words in capitals are part of it.
func (sc *scanner) personFrom(p int, capitals bool) int {
	s := sc.s
	end := 0
	for words := 0; words < 4; {
		e := sc.capitalised(p)
		if e == 0 {
			// Particles belong to the name if a capital follows.
			q := p
			for e = runOf(s, q, small); particles[s[q:e]] && skip(s, e, 1) > e; e = runOf(s, q, small) {
				q = skip(s, e, 1)
			}
			if q == p || sc.capitalised(q) == 0 {
				break
			}
			p = q
			continue
		}
		w := s[p:e]
		if utf8.RuneCountInString(w) == 1 { // an initial
			if e < len(s) && s[e] == '.' {
				e++
			}
			p = skip(s, e, 1)
			words++
			continue
		}
		if notName[strings.ToLower(w)] || isHonorific(w) || capitals && !isCapitals(w) {
			break
		}
		words++
		end = e
		if q := skip(s, e, 1); q > e {
			p = q
		} else {
			break
		}
	}
	return end
}

// streetName reports whether the Dr at i..e is a drive: "Park Dr. Eastmere". A capitalised word before it is no proof, since
// sentences begin with one ("Contact Dr Smith"); a house number or a place inside the sentence before that word is.
func (sc *scanner) streetName(i, e int) bool {
	s := sc.s
	if !strings.EqualFold(s[i:e], "dr") || i < 2 || s[i-1] != ' ' || !is(s[i-2], letter) {
		return false
	}
	before := strings.TrimRight(s[max(0, i-80):i], " ")
	j := strings.LastIndexAny(before, " \n\t(") + 1
	w := before[j:]
	if !is(w[0], capital) || isHonorific(w) || isCapitals(w) {
		return false
	}
	before = strings.TrimRight(before[:j], " ")
	if before == "" {
		return false
	}
	last := before[len(before)-1]
	return is(last, digit) || e < len(s) && s[e] == '.' && is(last, letter)
}

// gap returns where the next word begins, after up to two spaces or one line break, or 0.
func (sc *scanner) gap(p int) int {
	s := sc.s
	q := skip(s, p, 2)
	if strings.HasPrefix(s[q:], "\r\n") {
		q++
	}
	if q < len(s) && s[q] == '\n' {
		q = skip(s, q+1, 8)
	}
	if q == p || q == len(s) {
		return 0
	}
	return q
}

// capitalised returns the end of the word at p if it begins with a capital letter of any script, else 0. Apostrophes and
// hyphens inside belong to it, a possessive 's does not.
func (sc *scanner) capitalised(p int) int {
	s := sc.s
	r, n := utf8.DecodeRuneInString(s[p:])
	if !unicode.IsUpper(r) {
		return 0
	}
	e := p + n
	for e < len(s) {
		r, n = utf8.DecodeRuneInString(s[e:])
		if unicode.IsLetter(r) || unicode.IsMark(r) {
			e += n
			continue
		}
		if r != '\'' && r != '-' {
			break
		}
		next, size := utf8.DecodeRuneInString(s[e+1:])
		if !unicode.IsLetter(next) || r == '-' && !unicode.IsUpper(next) {
			break
		}
		if r == '\'' && (next == 's' || next == 'S') {
			if after, _ := utf8.DecodeRuneInString(s[e+1+size:]); !unicode.IsLetter(after) {
				break
			}
		}
		e += 1 + size
	}
	return e
}

func isCapitals(w string) bool { return len(w) > 1 && strings.ToUpper(w) == w }

// particles stand in small letters inside names.
var particles = set("de da di van von der den la le du ap ab ferch al el bin bint y")

// notName are words that follow an honorific, or a name, without being part of one: sentences' beginnings, things that share
// an abbreviation with a rank (PC World, DC power), and functions.
var notName = set(`the a an it he she they this that these those there in on if for we you our your please call and but or to as at by
	with from is of who when where what why how not no yes do ask see tell text ring then so all any
	world comics madam speaker president mayor chairman chair power motor motors water software games gaming hardware monitor universe
	report reports emeritus code number team teams surgery street road lane avenue close drive park house services service
	monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
	november december director head chief lead council hospital police senior consultant manager officer nurse department office
	tel telephone phone email mobile nhs general circuit current voltage desktop laptop support users user plan plans`)

// personName is a name without honorifics, collar numbers and full stops.
func personName(s string) string {
	words := strings.Fields(strings.ReplaceAll(s, ".", " "))
	for len(words) > 1 && (isHonorific(words[0]) || isHonorific(strings.ToUpper(words[0][:1])+words[0][1:])) {
		words = words[1:]
	}
	out := words[:0]
	for _, w := range words {
		if strings.Trim(w, "0123456789") != "" {
			out = append(out, w)
		}
	}
	return strings.ToLower(strings.Join(out, " "))
}
