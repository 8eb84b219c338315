package wording_test

import (
	"testing"

	"candour/internal/wording"
)

func TestNaloxone(t *testing.T) {
	for _, s := range []string{
		"Give all the doses at once.",
		"Give a double dose of naloxone.",
		"Give two doses straight away.",
		"Give them two doses of naloxone.",
		"Use both sprays together.",
		"A double dose of naloxone works faster.",
		"Inject the whole syringe.",
		"Give the entire kit.",
		"Give all the naloxone you have.",
		"Give as much naloxone as you can.",
		"Start with a higher dose of naloxone.",
		"Double the dose if it is a nitazene.",
		"Give one dose and then another immediately.",
		"Give naloxone every minute until they wake up.",
		"Do not wait between doses.",
		"There is no need to wait before giving another dose.",
		"Give a dose without waiting for the next dose to work.",
		"With nitazenes, give 3 doses.",
		"If they do not wake up, give two doses at once.",
		"Give a larger dose for nitazenes.",
		"Give them double the usual strength.",
		"Triple the dosage.",
		"Use several ampoules.",
		"Inject the whole contents.",
		"Spray as much as possible.",
		"Spray once, and then a second straight away.",
		"Spray once, followed by a third immediately.",
		"Never pause between sprays.",
	} {
		if len(wording.Naloxone(wording.ReadText(s))) != 1 {
			t.Errorf("passes, and departs from single doses: %s", s)
		}
	}
	for _, s := range []string{
		"Give one dose, wait two to three minutes, and give another if their breathing has not improved.",
		"Give naloxone if there is any: one single dose. If their breathing has not improved after two to three minutes, give another single dose.",
		"Do not give double doses.",
		"Never give two doses at once.",
		"Don't give all the doses at once.",
		"Do not wait for the ambulance: give naloxone.",
		"Each kit holds two doses.",
		"They may need two or more doses.",
		"You may have to give several doses, one at a time.",
		"Give up to five doses, two to three minutes apart.",
		"Carry two kits if you can.",
		"Paramedics may give larger doses.",
		"Should I give two doses at once?",
		"Some people say “give all the doses at once”: do not.",
		"If they stop breathing again, give another single dose.",
		"Naloxone wears off before the drug may.",
		"A bigger dose of naloxone is not needed.",
		"All doses come in one pack.",
		"Use your naloxone, then follow what the call-handler says.",
		"Two doses are in the box.",
	} {
		if len(wording.Naloxone(wording.ReadText(s))) != 0 {
			t.Errorf("is found, and keeps to single doses: %s", s)
		}
	}
}

func TestRepeats(t *testing.T) {
	const claim = "Sweets with fentanyl in them were handed out at the gates of a school in Eastmere"
	for _, s := range []string{
		"Sweets with fentanyl in them: what is known",
		"No, sweets with fentanyl were not handed out at a school in Eastmere",
		"Were sweets with fentanyl handed out at school gates in Eastmere?",
		claim,
	} {
		if !wording.Repeats(s, claim) {
			t.Errorf("passes, and repeats the rumour: %s", s)
		}
	}
	for _, s := range []string{
		"What is known about drugs at schools in Eastmere",
		"A message about schools in Eastmere is not true",
		"There is no danger at the gates", "",
	} {
		if wording.Repeats(s, claim) {
			t.Errorf("is found, and does not repeat the rumour: %s", s)
		}
	}
	if wording.Repeats("Fentanyl in Eastmere", "") || !wording.Repeats("Fentanyl in vapes in Eastmere", "fentanyl in vapes") {
		t.Error("a short rumour is mistaken")
	}
}
