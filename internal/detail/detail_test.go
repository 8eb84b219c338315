package detail

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// catch lists text in which exactly the part in ⟦brackets⟧ must be found, by kind.
var catch = map[Kind][]string{
	Phone: {
		"⟦01632 960123⟧", "⟦(01632) 960 123⟧", "⟦(01632)960123⟧", "⟦01632-960-123⟧", "⟦01632.960.123⟧", "⟦01632960123⟧", "⟦020 7946 0000⟧",
		"⟦(020) 7946 0000⟧", "⟦020 794 60000⟧", "⟦0207 946 0000⟧", "⟦0117 496 0000⟧", "⟦07700 900123⟧", "⟦07700900123⟧", "⟦07700 900 123⟧", "⟦077 0090 0123⟧",
		"⟦0770 090 0123⟧", "⟦07 700 900 123⟧", "⟦0800 80 70 60⟧", "⟦0800 123456⟧", "⟦0800 1111⟧", "⟦0808 157 0000⟧", "⟦0845 46 47⟧", "⟦0845 600 1234⟧", "⟦0300 123 6600⟧",
		"⟦03001236600⟧", "⟦0333 200 0000⟧", "⟦0909 879 0000⟧", "⟦028 9649 6000⟧", "⟦029 2018 0000⟧", "⟦01204 12345⟧", "⟦016977 12345⟧", "⟦0169 772 3456⟧",
		"⟦+44 1632 960123⟧", "⟦+441632960123⟧", "⟦+44 (0)1632 960123⟧", "⟦+44(0)1632 960123⟧", "⟦+44 (0) 1632 960 123⟧", "⟦+44 0 1632 960123⟧", "⟦+44 (1632) 960123⟧", "⟦(+44) 1632 960123⟧",
		"⟦+44-1632-960123⟧", "⟦+44.1632.960123⟧", "⟦+44 20 7946 0000⟧", "⟦+ 44 7700 900123⟧", "⟦0044 1632 960123⟧", "⟦00447700900123⟧", "⟦0044 (0)7700 900123⟧",
		"⟦447700900123⟧", "⟦44 7700 900123⟧", "⟦(0044) 1632 960123⟧",
		"⟦01632\u00a0960123⟧", "⟦01632\u2009960\u202f123⟧", "⟦01632‑960‑123⟧", "⟦01632–960–123⟧", "⟦01632 − 960123⟧", "⟦01632\u200b960123⟧", "⟦01632\u00ad960123⟧", "⟦０１６３２　９６００００⟧", "⟦＋４４ １６３２ ９６００００⟧",
		"⟦(０１６３２) 960123⟧", "⟦𝟎𝟏𝟔𝟑𝟐 960123⟧", "⟦01632  960123⟧", "⟦01632 - 960123⟧",
		"⟦01632 960123 ext 12⟧", "⟦01632 960123 ext. 1234⟧", "⟦01632 960123 x12⟧", "⟦01632 960123x12⟧", "⟦01632 960123, extension 5⟧", "⟦01632 960123 #12⟧", "⟦01632 960123 (ext 7⟧)", "⟦01632 960123 est. 12⟧",
		"ring ⟦01632 960123⟧.", "ring ⟦01632 960123⟧, then wait", "(⟦01632 960123⟧)", "( ⟦01632 960123⟧ )", "Tel:⟦01632 960123⟧", "Tel.⟦01632 960123⟧", "tel⟦+441632960123⟧", "Tel⟦(01632) 960123⟧", "tel:⟦+441632960123⟧", "Tel-⟦01632 960123⟧",
		"Duty officer–⟦01632 960123⟧", "Duty officer—⟦01632 960123⟧", "Duty officer - ⟦01632 960123⟧", "**⟦01632 960123⟧**", "_⟦01632 960123⟧_", "`⟦01632 960123⟧`", "\"phone\":\"⟦01632 960123⟧\"", "phone=⟦01632960123⟧&x", "| ⟦01632 960123⟧ | 9 |",
		"office ⟦01632\n960123⟧ after six", "office ⟦01632\r\n  960123⟧", "call ⟦0300 123 6600⟧ 24 hours a day", "⟦01632 960123⟧/4", "12 ⟦01632 960123⟧", "⟦01632 960123⟧ 2026", "on 20/11/2026 ⟦01632 960123⟧", "5,⟦01632 960123⟧,x", "ward 4:⟦01632 960123⟧",
		"https://wa.me/⟦447700900123⟧", "https://web.example/send?phone=⟦447700900123⟧", "[ring](tel:⟦+441632960123⟧)", "⟦01632 960123⟧–Eastmere", "Ffôn: ⟦01632 960123⟧", "Tel ⟦0120412345⟧", "⟦01632 960123⟧-7 days",
		"\ufeff⟦01632 960123⟧", "x\xff⟦01632 960123⟧\xff",
	},
	Email: {
		"⟦jane.doe@eastmere.example⟧", "Write to ⟦jane@eastmere.example⟧.", "<⟦jane@eastmere.example⟧>", "mailto:⟦jane@eastmere.example⟧?subject=x", "⟦j.o'neil+plan@mail.eastmere.example⟧", "⟦JANE@EASTMERE.EXAMPLE⟧",
		"⟦jane_doe@east-mere.example⟧", "(⟦jane@eastmere.example⟧)", "⟦jane＠eastmere.example⟧", "⟦siân@bwrdd.example⟧", "⟦j@eastmere.wales⟧, k", "⟦jane@eastmere\u200b.example⟧", "_⟦jane@eastmere.example⟧_", "?to=⟦jane@eastmere.example⟧", "'⟦jane@eastmere.example⟧'",
		"⟦07700900123@sms.example⟧", "⟦jane@eastmere.example⟧-based", "x;⟦jane@eastmere.nhs.uk⟧",
	},
	Postcode: {
		"⟦EH1 1AA⟧", "⟦SW1A 1AA⟧", "⟦EC1A 1BB⟧", "⟦W1A 0AX⟧", "⟦M1 1AE⟧", "⟦B33 8TH⟧", "⟦CR2 6XH⟧", "⟦DN55 1PT⟧", "⟦SW1A1AA⟧", "⟦DN551PT⟧", "⟦BT1 5GS⟧", "⟦JE2 3AB⟧", "⟦BS0 1AA⟧", "at ⟦CF10 3NP⟧.", "(⟦CF10 3NP⟧)", "Eastmere, ⟦CF10 3NP⟧, Wales",
		"⟦CF10\u00a03NP⟧", "⟦CF10  3NP⟧", "⟦CF10\n3NP⟧", "⟦ＣＦ１０ ３ＮＰ⟧", "⟦cf10 3np⟧", "⟦Cf10 3Np⟧", "⟦sw1a 1aa⟧", "postcode ⟦m1 1ae⟧", "Eastmere–⟦CF10 3NP⟧", "Eastmere-⟦CF10 3NP⟧", "https://web.example/near/⟦CF103NP⟧", "⟦N1C 4AG⟧",
	},
	NHS: {
		"⟦943 476 5919⟧", "⟦943-476-5919⟧", "⟦401 023 2137⟧.", "NHS number ⟦9434765919⟧", "NHS no. ⟦9434765919⟧", "NHS No: ⟦943 4765919⟧", "⟦9434765919⟧ (NHS number)", "⟦943\u00a0476\u00a05919⟧", "patient ⟦９４３ ４７６ ５９１９⟧", "(⟦943 476 5919⟧)", "CHI number ⟦9434765919⟧",
	},
	NI: {
		"⟦AB123456C⟧", "⟦AB 12 34 56 C⟧", "⟦AB 123456 C⟧", "⟦AB-12-34-56-C⟧", "⟦AB 12 34 56C⟧", "⟦ab123456c⟧", "⟦AB 1 2 3 4 5 6 C⟧", "NI number ⟦AB 12 34 56⟧", "National Insurance: ⟦AB123456⟧", "(⟦AB123456C⟧)", "⟦AB\u00a012\u00a034\u00a056\u00a0C⟧.", "NINO ⟦ab 12 34 56 c⟧",
	},
	Location: {
		"⟦TQ 30034 80418⟧", "⟦SU 123 456⟧", "⟦SU123456⟧", "⟦SU 123456⟧", "⟦TQ3003480418⟧", "⟦SU 1234 5678⟧.", "near ⟦NT 257 735⟧,", "⟦NO 300 600⟧ grid", "grid ref ⟦NO300600⟧", "⟦TQ\u00a0300\u00a0804⟧", "⟦SC 123 456⟧",
		"⟦51.50735, -0.12776⟧", "⟦51.50735,-0.12776⟧", "⟦51.50735 -0.12776⟧", "(⟦51.5073, -0.1277⟧)", "⟦51.50735° N, 0.12776° W⟧", "⟦51.5073N 0.1277W⟧", "lat ⟦51.50735, long -0.12776⟧", `"lat":⟦51.5074,"lng":-0.1278⟧`, "https://maps.example/@⟦51.5073,-0.1277⟧,15z", "⟦51.50735, −0.12776⟧", "⟦58.98771; -2.96013⟧",
		"⟦///filled.count.soap⟧", "at ⟦///filled.count.soap⟧.", "what3words: ⟦filled.count.soap⟧", "What3Words: ⟦filled.count.soap⟧.", "what3words ⟦///filled.count.soap⟧", "what3words:⟦///filled.count.soap⟧", "what3words address is ⟦filled.count.soap⟧", "w3w: ⟦filled.count.soap⟧", "https://w3w.co/⟦filled.count.soap⟧", "https://what3words.com/⟦filled.count.soap⟧", "⟦///tŷ.môr.afon⟧",
	},
	Operation: {
		"⟦Operation Kestrel⟧", "in ⟦Operation Kestrel⟧.", "⟦Op Kestrel⟧", "⟦Op. Kestrel⟧", "⟦OPERATION KESTREL⟧", "⟦OP KESTREL⟧", "⟦operation Kestrel⟧ began", "⟦Operation Blue Falcon⟧ ran", "⟦Operation\u00a0Kestrel⟧", "⟦Operation\nKestrel⟧", "⟦Operation \"Kestrel\"⟧", "⟦Operation “Kestrel”⟧ ran", "⟦Operation Kestrel⟧'s", "⟦Operation Kestrel⟧-led", "(⟦Operation Kestrel⟧)",
		"⟦Ymgyrch Cudyll⟧", "⟦Operation Ŷdfran⟧", "⟦Operation Kestrel⟧ Monday", "⟦Ｏperation Kestrel⟧",
	},
	Name: {
		"⟦Mr Smith⟧", "⟦Mr. Smith⟧ said", "⟦Mrs Jane Smith⟧", "⟦Ms Smith⟧", "⟦Miss Smith⟧", "⟦Mx Smith⟧", "⟦Dr Smith⟧", "⟦Dr. J. Smith⟧", "⟦Dr J R Smith⟧", "⟦Dr J.R. Smith⟧", "⟦Prof Smith⟧", "⟦Professor Siân Ŵen⟧", "⟦PC Smith⟧", "⟦PC 1234 Smith⟧", "⟦DC Smith⟧", "⟦DI Smith⟧", "⟦DCI Smith⟧", "⟦DS Smith⟧", "⟦Sgt Smith⟧", "⟦Insp Smith⟧", "⟦Supt Smith⟧", "⟦Sir John Smith⟧", "⟦Dame Ann Smith⟧", "⟦Cllr Smith⟧", "⟦Councillor Smith⟧", "⟦Rev Smith⟧",
		"⟦Dr O'Neil⟧", "⟦Dr O’Neil⟧", "⟦Ms Lloyd-Jones⟧", "⟦Dr Smith⟧'s clinic", "⟦Dr Smith⟧’s clinic", "⟦Mr Jan van der Berg⟧", "⟦Mr van der Berg⟧", "⟦Dr Rhys ap Gwilym⟧", "⟦Dr\u00a0Smith⟧", "⟦Dr\nSmith⟧", "⟦Rev Dr Jones⟧", "⟦Det Insp Jones⟧", "Contact ⟦Dr Smith⟧", "⟦MR SMITH⟧", "⟦DR SMITH⟧", "⟦Dr Smith⟧ Director of Public Health", "⟦Dr Ŷstwyth⟧", "Ask ⟦Mr Jones⟧ or wait", "(⟦Dr Smith⟧)", "⟦Cynghorydd Jones⟧",
	},
}

// ignore lists text in which nothing may be found.
var ignore = map[Kind][]string{
	Phone: {
		"999", "111", "101", "112", "call 999 or NHS 111", "016329601234", "1234016329601", "x01632960123", "01632960123a", "REF-01632960123-A", "REF/01632960123", "REF01632960123", "v01632960123", "1.01632.960123", "0.01632960123", "version 2.020.7946.0000",
		"2026-11-20", "20/11/2026", "01/02/2026", "01-02-2026", "01.02.2026 12:30", "01-12-2026 110", "12:30:45", "0800-1730", "between 0800 and 1600", "0800 to 2000", "at 0800 on 20 November", "2020–2025", "2019-2026", "ISBN 0-306-40615-2", "ISBN 978-0-306-40615-7", "ISBN 01632960123",
		"£01632960123", "£1,016,329,601.23", "10.0.0.1", "192.168.100.100", "020.111.222.33", "010.000.000.001", "0x01632960123", "3f01632960123ab", "01632960-1234-4abc-8def-0163296012ab", "123e4567-e89b-12d3-a456-426614174000", "https://web.example/a/01632960123/b", "https://web.example/?id=01632960123", "www.web.example/01632960123",
		"01632960123%", "SI 2018/852", "0300 1234 5678 9012", "#01632960123", "01632 960", "01632", "00123456789", "0163296012", "02 11 2026 110", "+1 202 555 0100 0", "+4", "+44", "(0", "()", "44", "0", "+44 1632", "01632960123-A", "01632960123.pdf", "016 329 601 2",
		"population 447 700 900 123", "0.0044 1632", "01632\n\n960123", "01632. 960123 people", "04 1632 960123", "0612345678",
	},
	Email: {
		"jane@", "@eastmere", "@eastmere.example", "jane@localhost", "jane @ eastmere.example", "logo@2x.png", "pkg@1.2.3", "@user@social.example", "a@b", "jane@.example", "jane.@eastmere.example", "jane@eastmere..example", "@media", "5 @ 3.50",
	},
	Postcode: {
		"AB", "AB1", "AB1 2", "REF-AB1 2CD", "X/AB1 2CD", "AB1 2CD-7", "XAB1 2CD", "AB1 2CDE", "AA1 1AA", "QQ1 1AA", "EH1 1CA", "EH1 1AK", "AB12 3C", "EH01 1AA", "the m1 2nd exit", "sa1 2nd", "in b1 1st", "#B12DEF", "E105AB", "a1 2bc", "M25 at junction 10", "COVID 19 AB", "3AB1 2CD", "SW1A", "B1 2CDx", "EH0 1AA",
		"AB1A 1AA", "CF103NP.pdf", "sw103np",
	},
	NHS: {
		"943 476 5918", "9434765919", "9434765919 people", "the NHS spent 9434765918", "NHS number 9434765918", "0943 476 5919", "943 476 5919 1234", "943 476 591", "x943 476 5919", "REF-943 476 5919", "£943 476 5919", "111 111 1111", "1 943 476 5919", "NHS number 94347659190",
	},
	NI: {
		"AB123456", "QQ123456C", "GB123456C", "DA123456C", "AO123456C", "AB123456E", "AB1234567C", "AB12345C", "XAB123456C", "REF-AB123456C", "AB123456CD", "AB123456C-1", "in 12 34 56 a", "at 12 34 56 a day", "AB 12 34 C",
	},
	Location: {
		"TQ 3003 804", "TQ 30034", "TQ 30 80", "tq 300 804", "XX 123 456", "TQ 12345 678", "TQ 123456789012", "TQ 300 8041", "reference no 123456", "REFERENCE NO 123456", "charity SC012345", "SU-123456-A", "ASU 123456", "SU 123456.5",
		"51.50, -0.12", "51.507, -0.127", "0.50735, 0.12776", "12.3456, 56.7890", "51.50735", "51.5073 metres and then 0.12776", "version 51.5073.1", "v51.5073", "51.50735\n-0.12776",
		"//cdn.web.example", "https://www.web.example", "///www.web.example", "file:///etc.host.name", "///a.b", "///a.b.c.d", "////filled.count.soap", "///filled.count.soap/x", "what3words: www.what3words.com", "what3words is useful", "filled.count.soap", "see www.filled.count.soap", "word.word.word", "what3words. The app. Then",
	},
	Operation: {
		"operation of the plan", "Operation manual", "Operation Manual", "OPERATION MANUAL", "Operation Hours", "Operation Centre", "Operation Theatre", "Operation Room", "Operation Team", "Operation Plan", "Operations Kestrel", "Co-Op Food", "Co-op Kestrel", "post-op Kestrel", "Cooperation Kestrel", "Operation", "Op", "Operation 5", "operation in Eastmere", "Op Ed", "Op-Ed Kestrel", "the operation. Kestrels fly", "Project Kestrel", "Operation\n\nKestrel", "Operation A", "shop Kestrel", "operation ID", "ns/op\nBenchmark", "op\nKestrel", "Op Mr Smith",
	},
	Name: {
		"Park Dr.", "12 Park Dr Eastmere", "12 Park Dr. Eastmere", "on Riverside Dr. Eastmere", "DS1", "PC World", "DC Comics", "a PC. The screen", "Ms", "the Ms", "Mr", "Dear Sir", "Dear Sir or Madam", "Sir. Please", "Thank you, Miss. We", "PC", "Rev A", "Rev 2", "Mr A", "Professor of medicine", "DC power", "DS\nSummary", "Lord Mayor", "misses Smith", "Msmith", "dr smith", "Dr Who", "Dr smith", "Mrs", "the PC Please restart", "Miss, Smith", "A-DC Smith", "Mr Speaker", "Drs", "Dr\n\nSmith",
	},
}

func TestCatch(t *testing.T) {
	for kind, cases := range catch {
		for _, c := range cases {
			want := between(c)
			text := strings.NewReplacer("⟦", "", "⟧", "").Replace(c)
			got := Find(text)
			if len(got) != 1 || got[0].Kind != kind || got[0].Text != want {
				t.Errorf("%s: %q: found %+v, want %q", kind, text, got, want)
			}
		}
	}
}

func between(s string) string {
	_, rest, _ := strings.Cut(s, "⟦")
	in, _, _ := strings.Cut(rest, "⟧")
	return in
}

func TestIgnore(t *testing.T) {
	for kind, cases := range ignore {
		for _, c := range cases {
			for _, m := range Find(c) {
				if m.Kind == kind {
					t.Errorf("%s: %q: found %q", kind, c, m.Text)
				}
			}
		}
	}
}

func TestEveryKindHasItsRule(t *testing.T) {
	for kind := range catch {
		if r := (Match{Kind: kind}).Rule(); r.Name != "unflagged-"+string(kind) {
			t.Errorf("%s: rule %s", kind, r.Name)
		}
	}
}

func TestSeveralInOrder(t *testing.T) {
	text := "Dr Smith, 01632 960123/01632 960124, jane@eastmere.example, Op Kestrel at TQ 300 804 (CF10 3NP)"
	var kinds []string
	for _, m := range Find(text) {
		kinds = append(kinds, string(m.Kind))
	}
	if got := strings.Join(kinds, " "); got != "name phone phone email operation location postcode" {
		t.Errorf("found %s", got)
	}
}

func TestNormal(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"+44 (0)1632 960 123", "01632960123"}, {"01632-960123", "01632960123"}, {"0044 1632 960123", "01632960123"}, {"447700900123", "07700900123"},
		{"01632 960123 ext 12", "01632960123"}, {"０１６３２ 960123", "01632960123"}, {"0800 1111", "08001111"},
		{"Jane@Eastmere.Example", "jane@eastmere.example"}, {"cf10 3np", "CF103NP"}, {"943-476 5919", ""},
		{"Operation “Kestrel”", "kestrel"}, {"OP KESTREL", "kestrel"}, {"Dr. J. O’Neil", "j o'neil"}, {"PC 1234 Smith", "smith"}, {"MR SMITH", "smith"},
		{"ab123456c", "AB123456C"}, {"943\u00a0476\u00a05919", "9434765919"}, {"TQ 300\u00a0804", "TQ300804"},
	} {
		got := ""
		if m := Find(c.text); len(m) == 1 {
			got = m[0].Normal()
		}
		if got != c.want {
			t.Errorf("%q: normal form %q, want %q", c.text, got, c.want)
		}
	}
}

func TestLine(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"01632 960123", `phones = ["01632 960123"]`}, {"01632\n960123", `phones = ["01632 960123"]`}, {"jane@eastmere.example", `emails = ["jane@eastmere.example"]`},
		{"CF10 3NP", `postcodes = ["CF10 3NP"]`}, {"943 476 5919", `phrases = ["943 476 5919"]`}, {"AB123456C", `phrases = ["AB123456C"]`},
		{"TQ 300 804", `phrases = ["TQ 300 804"]`}, {`Operation "Kestrel"`, `operations = ["Operation \"Kestrel\""]`}, {"Dr O’Neil", `names = ["Dr O'Neil"]`},
	} {
		if got := Find(c.text)[0].Line(); got != c.want {
			t.Errorf("%q: line %s, want %s", c.text, got, c.want)
		}
	}
}

func BenchmarkProse(b *testing.B) {
	text := strings.Repeat(`When a contaminated batch is suspected, the partnership's leads meet within the hour, look at what is known, and decide who needs
to hear of it. Naloxone is kept at the services listed below; the Eastmere team checks the stock on the first Monday of each month. In 2025
there were 14 alerts, 3 of which were withdrawn. Don’t use alone, and call 999 — say where you are. Ring 0300 123 6600 at any time.
`, 200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(text)
	}
}

func FuzzFind(f *testing.F) {
	for _, cases := range catch {
		for _, c := range cases {
			f.Add(strings.NewReplacer("⟦", "", "⟧", "").Replace(c))
		}
	}
	for _, cases := range ignore {
		for _, c := range cases {
			f.Add(c)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		found := Find(text)
		end := 0
		for _, m := range found {
			if m.Start < end || m.End <= m.Start || m.End > len(text) {
				t.Fatalf("%q: offsets %d..%d after %d", text, m.Start, m.End, end)
			}
			if m.Text != text[m.Start:m.End] {
				t.Fatalf("%q: text %q is not at %d..%d", text, m.Text, m.Start, m.End)
			}
			if utf8.ValidString(text) && !utf8.ValidString(m.Text) {
				t.Fatalf("%q: %q cuts a character", text, m.Text)
			}
			if m.Normal() == "" {
				t.Fatalf("%q: %s %q has no normal form", text, m.Kind, m.Text)
			}
			// What the line to paste lists is permitted from then on.
			var pasted map[string][]string
			if _, err := toml.Decode(m.Line(), &pasted); err != nil || len(pasted) != 1 {
				t.Fatalf("%q: %s is not the line to paste: %v", text, m.Line(), err)
			}
			for _, v := range pasted {
				if a := NewAllowed(v, v, v, v, v, v); !a.Permits(text, m) {
					t.Fatalf("%q: %s %q is not permitted by its own line %s", text, m.Kind, m.Text, m.Line())
				}
			}
			end = m.End
		}
		again := Find(text)
		if len(again) != len(found) {
			t.Fatalf("%q: found %v, then %v", text, found, again)
		}
		// A line of its own before the text changes nothing but the offsets.
		const prefix = "Words.\n\n"
		shifted := Find(prefix + text)
		if len(shifted) != len(found) {
			t.Fatalf("%q: found %v, after other words %v", text, found, shifted)
		}
		for i := range shifted {
			if shifted[i].Start != found[i].Start+len(prefix) || shifted[i].Kind != found[i].Kind {
				t.Fatalf("%q: found %v, after other words %v", text, found, shifted)
			}
		}
	})
}
