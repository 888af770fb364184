package picture_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"runtime"
	"testing"

	"gradin/server/errs"
	"gradin/server/picture"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// painted is a picture, red on the left half and clear on the right.
func painted(width, height int) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width / 2 {
			p.SetNRGBA(x, y, color.NRGBA{R: 200, G: 20, B: 30, A: 255})
		}
	}
	return p
}

func pngOf(t testing.TB, p image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	ok(t, png.Encode(&out, p))
	return out.Bytes()
}

func TestDraw_WA1_scalesDownAndKeepsTheColours(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ width, height, wide, high int }{
		"as it is": {300, 100, 300, 100}, "too wide": {1200, 240, 600, 120}, "too high": {500, 1000, 120, 240},
		"by no whole number": {1000, 333, 600, 200}, "a hair": {4000, 16, 600, 2},
	} {
		p, err := picture.Draw(pngOf(t, painted(c.width, c.height)))
		ok(t, err)
		if p.Width != c.wide || p.Height != c.high || len(p.SHA256) != 64 {
			t.Errorf("%s: %d by %d", name, p.Width, p.Height)
		}
		drawn := must(png.Decode(bytes.NewReader(p.PNG)))
		if drawn.Bounds() != image.Rect(0, 0, c.wide, c.high) {
			t.Errorf("%s: the picture is %v", name, drawn.Bounds())
		}
		left := color.NRGBAModel.Convert(drawn.At(c.wide/4, c.high/2)).(color.NRGBA)
		edge := color.NRGBAModel.Convert(drawn.At(c.wide/2-1, c.high/2)).(color.NRGBA)
		if left != (color.NRGBA{R: 200, G: 20, B: 30, A: 255}) {
			t.Errorf("%s: the left is %v", name, left)
		}
		if _, _, _, a := drawn.At(c.wide-1, 0).RGBA(); a != 0 {
			t.Errorf("%s: the right is not clear", name)
		}
		// Where red meets nothing it stays red and only thins: nothing black comes in.
		if edge.A > 0 && (math.Abs(float64(edge.R)-200) > 1 || edge.G > 21) {
			t.Errorf("%s: the edge is %v", name, edge)
		}
	}
}

// What hides behind the pixels of a file is not kept: neither what PNG calls
// texts nor what follows its end.
func TestDraw_WA1_keepsNothingButThePixels(t *testing.T) {
	t.Parallel()
	plain := pngOf(t, painted(100, 50))
	const head = 33 // signature and IHDR
	loaded := append(append([]byte(nil), plain[:head]...), chunk("tEXt", []byte("Comment\x00<script>alert(1)</script>")...)...)
	loaded = append(append(loaded, plain[head:]...), "<?php evil"...)
	p, err := picture.Draw(loaded)
	ok(t, err)
	if bytes.Contains(p.PNG, []byte("script")) || bytes.Contains(p.PNG, []byte("php")) {
		t.Error("what stood beside the pixels is still there")
	}
	if want := must(picture.Draw(plain)); !bytes.Equal(p.PNG, want.PNG) || p.SHA256 != want.SHA256 {
		t.Error("the same pixels are another mark")
	}
	var photo bytes.Buffer
	ok(t, jpeg.Encode(&photo, painted(640, 480), nil))
	p, err = picture.Draw(photo.Bytes())
	ok(t, err)
	if p.Width != 320 || p.Height != 240 || !bytes.HasPrefix(p.PNG, []byte("\x89PNG")) {
		t.Errorf("a JPEG becomes %d by %d, %q", p.Width, p.Height, p.PNG[:4])
	}
}

// header is a PNG that says it is so large and has hardly anything to show for
// it: whoever decodes it before he has measured it asks for the memory first.
func header(width, height uint32) []byte {
	size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	file := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(size, 16, 6, 0, 0, 0)...)...)
	return append(file, chunk("IDAT", 0x78, 0x9c, 0xed, 0xc1)...)
}

// chunk is a piece of a PNG.
func chunk(kind string, content ...byte) []byte {
	body := append([]byte(kind), content...)
	piece := append(binary.BigEndian.AppendUint32(nil, uint32(len(content))), body...)
	return binary.BigEndian.AppendUint32(piece, crc32.ChecksumIEEE(body))
}

func TestDraw_WA1_refusesWhatIsNoMark(t *testing.T) {
	t.Parallel()
	var moving bytes.Buffer
	ok(t, gif.Encode(&moving, painted(100, 100), nil))
	whole := pngOf(t, painted(400, 400))
	for name, c := range map[string]struct {
		file []byte
		code errs.Code
	}{
		"nothing": {nil, errs.Invalid}, "a text": {[]byte("<svg onload=alert(1)>"), errs.Invalid}, "a GIF": {moving.Bytes(), errs.Invalid},
		"cut short": {whole[:len(whole)/2], errs.Invalid}, "too small": {pngOf(t, painted(300, 15)), errs.Invalid},
		"too large a file": {append(whole, make([]byte, picture.MaxFile)...), errs.TooLarge},
		"40,000 by 40,000": {header(40000, 40000), errs.Invalid}, "all that fits": {header(1<<31-1, 1<<31-1), errs.Invalid},
		"a little too many pixels": {header(2001, 2000), errs.Invalid},
	} {
		p, err := picture.Draw(c.file)
		e, is := errs.As(err)
		if !is || e.Code != c.code || len(e.Path) != 1 || e.Path[0] != "file" || p.PNG != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file of a few bytes that asks for gigabytes is refused for its measure, not
// for running out of them.
func TestDraw_WA1_measuresBeforeItDecodes(t *testing.T) {
	file := header(10000, 10000) // 800 MB of pixels
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := picture.Draw(file); !errs.Is(err, errs.Invalid) {
		t.Error(err)
	}
	runtime.ReadMemStats(&after)
	if asked := after.TotalAlloc - before.TotalAlloc; asked > 8<<20 {
		t.Errorf("%d bytes were asked for", asked)
	}
}

func FuzzDraw(f *testing.F) {
	f.Add(pngOf(f, painted(40, 20)))
	f.Add(header(17, 17))
	f.Fuzz(func(t *testing.T, file []byte) {
		p, err := picture.Draw(file)
		if err != nil {
			return
		}
		if p.Width > picture.MaxWidth || p.Height > picture.MaxHeight {
			t.Fatalf("%d by %d", p.Width, p.Height)
		}
		if _, err := png.Decode(bytes.NewReader(p.PNG)); err != nil {
			t.Fatal(err)
		}
	})
}
