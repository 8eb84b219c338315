package wording

import (
	"regexp"
	"strings"
)

// give is what somebody does with naloxone.
const give = `(?:give|giving|gives|administer|administering|inject|injecting|spray|spraying|use|using|start with|begin with)`

const many = `(?:two|three|four|five|six|2|3|4|5|6|several|multiple|both|all|many)`

// doses are the ways to say that naloxone is given otherwise than one single dose at a time. The first group is where the
// statement begins.
var doses = []*regexp.Regexp{
	regexp.MustCompile(` (` + give + `) (?:them |the person |somebody |someone |naloxone |a |an |your |the |, )*(?:double|triple|quadruple)(?: |-)(?:dose|doses|dosing|dosage|the) `),
	regexp.MustCompile(` (double|triple|quadruple|double-dose) (?:the |your )?(?:dose|doses|dosing|dosage|amount) of naloxone `),
	regexp.MustCompile(` (double|triple) the (?:dose|naloxone|dosage) `),
	regexp.MustCompile(` (` + give + `) (?:them |the person |somebody |someone |naloxone |in |up |to |as |, |at |least )*` + many + ` (?:of |the |your |their |single |naloxone |nasal |full )*(?:doses|kits|sprays|syringes|ampoules|injections) `),
	regexp.MustCompile(` (` + many + `) (?:of |the |your |single |naloxone |nasal |full )*(?:doses|sprays|injections) (?:of naloxone )?(?:all )?(?:at once|straight away|straightaway|together|at the same time|in one go|right away|back to back|immediately) `),
	regexp.MustCompile(` (` + give + `) (?:them |the person |somebody |someone )?(?:, )?(?:all|the whole|the entire|the full|as much) (?:of |the |your )*(?:naloxone|kit|syringe|contents|pack|supply) `),
	regexp.MustCompile(` (` + give + `) (?:them |the person )?(?:the )?(?:whole|entire) (?:naloxone )?(?:kit|syringe|contents|pack|supply|dose) `),
	regexp.MustCompile(` (` + give + `) (?:them |the person )?(?:naloxone )?(?:in )?(?:a |an |the )?(?:larger|bigger|higher|extra|stronger|maximum|large|high|big) (?:single |first |initial |naloxone )*(?:dose|doses|amount|amounts) `),
	regexp.MustCompile(` (as much) (?:naloxone )?as (?:you|they|is|possible) `),
	regexp.MustCompile(` (naloxone|dose) every (?:minute|second|30|ten|10|few|half) `),
	regexp.MustCompile(` (?:and|then|followed by) (another|a second|a third) (?:single )?(?:dose )?(?:immediately|at once|straight away) `),
	regexp.MustCompile(` (?:one|a) dose (immediately) after (?:another|the other) `),
}

// unwaiting tells people not to wait between doses: a negation that is the fault, and no excuse.
var unwaiting = regexp.MustCompile(` (?:do not|don't|never|without|no need to|not|needn't) (wait|waiting|pause|pausing) (?:[a-z0-9-]+ ){0,4}?(?:between (?:doses|them|sprays)|(?:another|the next|the second|a second|more|second|next) (?:dose|doses|spray|naloxone))`)

var (
	// Somebody who says these gives single doses after all.
	stepwise = set("wait waiting apart between separately gradually")
	oneByOne = regexp.MustCompile(` (?:one at a time|one by one|one after the other , waiting|single doses|each time|in steps) `)
	// Clinicians may do otherwise: the rule is for everybody else (FACTS: paragraph 74 of the national review).
	clinicians = set("paramedic paramedics doctor doctors clinician clinicians nurse nurses anaesthetist anaesthetists ambulance hospital hospitals")
)

// Naloxone finds the sentences that depart from what responders who are not clinicians do: one single dose, then wait, then
// another (Local preparedness for synthetic opioids in England, paragraph 74). What is forbidden passes, and so does what
// is quoted, asked, or said of clinicians.
func Naloxone(sentences []Sentence) []Sentence {
	var wrong []Sentence
	for _, s := range sentences {
		if s.departs() {
			wrong = append(wrong, s)
		}
	}
	return wrong
}

func (s Sentence) departs() bool {
	if s.Question {
		return false
	}
	line, word := s.line()
	if !mayDepart(line) {
		return false
	}
	if m := unwaiting.FindStringSubmatchIndex(line); m != nil && !s.Words[word(m[2])].Quoted {
		return true
	}
	steps := s.within(0, len(s.Words), stepwise) || oneByOne.MatchString(line)
	for _, re := range doses {
		m := re.FindStringSubmatchIndex(line)
		if m == nil {
			continue
		}
		at := word(m[2])
		if steps || s.Words[at].Quoted || s.denied(at) || s.within(at-5, at, clinicians) {
			continue
		}
		return true
	}
	return false
}

// mayDepart reports whether a line holds a part of a word that the patterns above cannot do without. Most sentences of a
// leaflet hold none, and a dozen patterns take long.
func mayDepart(line string) bool {
	for _, part := range [...]string{"dos", "naloxone", "kit", "spray", "syringe", "ampoule", "injection", "contents", "pack", "supply", "amount",
		"double", "triple", "quadruple", "much", "another", "second", "third", "wait", "paus"} {
		if strings.Contains(line, part) {
			return true
		}
	}
	return false
}

// BeginsDose reports whether a word, in small letters, is one without which [Naloxone] finds nothing.
func BeginsDose(word []byte) bool {
	switch word[0] {
	case 'd', 'k', 's', 'n', 'i', 'a', 'p', 'c':
		return doseWords[string(word)]
	}
	return false
}

var doseWords = set("dose doses dosing dosage double-dose kit kits syringe syringes spray sprays naloxone injections ampoules amount amounts pack contents supply")
