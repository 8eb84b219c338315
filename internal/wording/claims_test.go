package wording_test

import (
	"testing"

	"candour/internal/wording"
)

// Sentences that state flatly what a drug holds.
var flat = []string{
	"The pills contain nitazenes.",
	"These tablets have been confirmed to contain fentanyl.",
	"Blue tablets sold as oxycodone are confirmed to contain a nitazene.",
	"The powder has been found to contain xylazine.",
	"A sample tested positive for nitazenes.",
	"Two samples have tested positive for fentanyl in the last week.",
	"The heroin is laced with fentanyl.",
	"Heroin cut with nitazenes is about.",
	"Fentanyl-laced heroin in Eastmere",
	"A laboratory has found nitazenes in heroin.",
	"Nitazenes found in heroin",
	"Nitazenes confirmed in heroin",
	"Confirmed: nitazenes in heroin",
	"Found: nitazenes, by an accredited laboratory.",
	"Testing has confirmed that the pills hold an opioid.",
	"We can confirm that these tablets contain fentanyl.",
	"Police have confirmed it is a nitazene.",
	"Analysis showed nitazenes in two of three samples.",
	"Tests show that the powder contains an opioid.",
	"The vapes turned out to contain a synthetic cannabinoid.",
	"The tablets are in fact nitazenes.",
	"The powder was identified as a nitazene.",
	"The vapes are known to contain a synthetic opioid.",
	"There are nitazenes in the pills.",
	"There is no doubt that the pills contain nitazenes.",
	"The pills not only look alike, they contain nitazenes.",
	"Do not take these pills, they contain nitazenes.",
	"Do not take these pills because they contain nitazenes.",
	"Do not take pills that contain nitazenes, sold as oxycodone.",
	"If you feel unwell, call 999, and remember that the pills contain nitazenes.",
	"It may look harmless, but it contains fentanyl.",
	"These tablets, which may be sold as oxycodone, contain nitazenes.",
	"We were not sure at first. Now the pills are confirmed to contain nitazenes.",
	"It is no longer suspected: the pills contain nitazenes.",
	"In May the powder was confirmed to contain fentanyl.",
	"What is being sold contains nitazenes.",
	"The pills contain nitazenes, and how much is not known.",
	"Don’t take the grey powder: it contains fentanyl.",
	"The presence of nitazenes was confirmed by a laboratory.",
	"Opioids were detected in the liquid.",
}

// Sentences that deny, doubt, suppose or ask, or speak of something else.
var right = []string{
	"The pills may contain nitazenes.",
	"Pills sold as oxycodone may contain nitazenes",
	"It is not yet confirmed to contain nitazenes.",
	"The pills have not been confirmed to contain an opioid.",
	"No laboratory has confirmed this yet.",
	"No laboratory has found nitazenes in them.",
	"We do not know whether it contains fentanyl.",
	"If a tablet contains nitazenes, one can be enough to stop a person breathing.",
	"Do the pills contain nitazenes?",
	"The pills are suspected to contain nitazenes.",
	"They are believed to contain a synthetic opioid.",
	"The pills might have been laced with fentanyl.",
	"Nobody has tested it, so nobody can say that it contains anything.",
	"Nothing shows that the pills contain nitazenes.",
	"There is no evidence that the powder contains fentanyl.",
	"It has not, so far, been confirmed to contain nitazenes.",
	"No tablet, pill or powder has been confirmed to contain nitazenes.",
	"Not known yet: what it contains.",
	"What it contains is not known.",
	"Until testing has confirmed what it contains, treat it as dangerous.",
	"That the pills contain nitazenes is not confirmed.",
	"You cannot tell by looking whether a drug contains it.",
	"Testing found no opioid in the vapes.",
	"The vapes contained no opioid.",
	"A kit contains two doses of naloxone.",
	"This page contains advice for you and your friends.",
	"Everything is being done to contain the outbreak.",
	"Vapes can contain more than it says on the packet.",
	"Drugs often contain something else than people expect.",
	"It has yet to be confirmed to contain fentanyl.",
	"The pills are likely to contain an opioid.",
	"Two people were found in a doorway and taken to hospital.",
	"A test strip cannot show that a drug is safe.",
	"Naloxone works on nitazenes and fentanyls.",
	"What is being sold may contain nitazenes, which like fentanyls can stop a person breathing.",
	"If testing shows that we were wrong, it will say that too.",
	"Naloxone reverses any drug that contains an opioid.",
	"The tablets haven't been confirmed to contain an opioid.",
	"Mixing with alcohol or other drugs makes an overdose more likely.",
	"People say that the sweets contain fentanyl.",
}

func TestClaims(t *testing.T) {
	for _, s := range flat {
		if len(wording.Claims(wording.ReadText(s), false)) != 1 {
			t.Errorf("passes, and is a flat claim: %s", s)
		}
	}
	for _, s := range right {
		if len(wording.Claims(wording.ReadText(s), false)) != 0 {
			t.Errorf("is found, and claims nothing: %s", s)
		}
	}
}

// A correction has to say what it corrects.
func TestClaimsInQuotations(t *testing.T) {
	s := wording.ReadText(`What is being said: “The sweets contain fentanyl.” That is false.`)
	if len(wording.Claims(s, true)) != 0 || len(wording.Claims(s, false)) != 1 {
		t.Error("quotation marks do not tell what is quoted")
	}
}
