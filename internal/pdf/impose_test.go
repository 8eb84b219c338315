package pdf

import (
	"math"
	"reflect"
	"testing"
)

func TestBooklet(t *testing.T) {
	cases := []struct {
		pages int
		rtl   bool
		want  [][]int
	}{
		{1, false, [][]int{{-1, 0}, {-1, -1}}},
		{4, false, [][]int{{3, 0}, {1, 2}}},
		{4, true, [][]int{{0, 3}, {2, 1}}},
		{6, false, [][]int{{-1, 0}, {1, -1}, {5, 2}, {3, 4}}},
	}
	for _, c := range cases {
		if got := booklet(c.pages, c.rtl); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%d pages, right to left %v: %v, want %v", c.pages, c.rtl, got, c.want)
		}
	}
}

func TestSheetSize(t *testing.T) {
	w, h := sheetSize(2*148*point, 210*point)
	if math.Abs(w-297*point) > .01 || math.Abs(h-210*point) > .01 {
		t.Errorf("two A5: %.1f by %.1f mm", w/point, h/point)
	}
	if w, h := sheetSize(100, 100); w != 100 || h != 100 {
		t.Errorf("%.1f %.1f", w, h)
	}
}
