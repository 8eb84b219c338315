package media
import ("testing";"os";"os/exec";"path/filepath";"fmt";"strings")
func TestXX(t *testing.T) {
	files,_ := filepath.Glob(os.Getenv("ZZ"))
	for _, f := range files {
		data,_ := os.ReadFile(f)
		doc, p := openPDF(data)
		if p != nil { continue }
		c := &collector{doc: doc, seen: map[string]bool{}, fonts: map[string]*font{}}
		for _, number := range doc.order { c.object(number, doc.objects[number]) }
		bad := ""
		for k, ff := range c.fonts { if ff.unreadable() { n:=0; fmt.Sscan(k,&n); bad += fmt.Sprintf("[%d/%d %.200s]", ff.unknown, ff.shown, fmt.Sprint(doc.objects[n]))} }
		for _, ff := range c.allFonts { if ff.unreadable() && bad=="" { bad += fmt.Sprintf("[%d/%d anon]", ff.unknown, ff.shown) } }
		out, err := exec.Command("pdftotext", f, "-").Output()
		if err != nil { continue }
		all := " "+strings.Join(strings.Fields(strings.Join(c.texts, " ")), " ")+" "
		words := strings.Fields(string(out)); hit, miss := 0, []string{}
		for i := 0; i+4 < len(words); i+=5 { w := strings.Join(words[i:i+4]," "); if strings.Contains(all, w) {hit++} else if len(miss)<3 {miss=append(miss,w)} }
		fmt.Printf("%s 4-grams %d/%d %q %s\n", filepath.Base(f), hit, len(words)/5, miss, bad)
	}
}
