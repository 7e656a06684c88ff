package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// secret stands for the position a camera wrote into the file.
const secret = "30.6598N104.0633E"

// sample is 32 by 16 with a red left upper corner.
func sample() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 32, 16))
	for y := range 16 {
		for x := range 32 {
			c := color.RGBA{0, 0, 255, 255}
			if x < 8 && y < 8 {
				c = color.RGBA{255, 0, 0, 255}
			}
			img.Set(x, y, c)
		}
	}
	return img
}

// photo is a JPEG with an EXIF block: an orientation and a secret behind it.
func photo(t testing.TB, code uint16) []byte {
	t.Helper()
	var body bytes.Buffer
	if err := jpeg.Encode(&body, sample(), &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	tiff := binary.LittleEndian.AppendUint32([]byte("II*\x00"), 8)
	tiff = binary.LittleEndian.AppendUint16(tiff, 1)
	tiff = binary.LittleEndian.AppendUint16(tiff, 0x0112)
	tiff = binary.LittleEndian.AppendUint16(tiff, 3)
	tiff = binary.LittleEndian.AppendUint32(tiff, 1)
	tiff = binary.LittleEndian.AppendUint16(tiff, code)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	block := append([]byte("Exif\x00\x00"), append(tiff, secret...)...)
	out := []byte{0xFF, 0xD8, 0xFF, 0xE1}
	out = binary.BigEndian.AppendUint16(out, uint16(len(block)+2))
	out = append(out, block...)
	return append(out, body.Bytes()[2:]...)
}

func TestStrip_RemovesWhatTheCameraWrote(t *testing.T) {
	t.Parallel()
	clean, err := Strip(photo(t, upright))
	if err != nil {
		t.Fatal(err)
	}
	if clean.MediaType != "image/jpeg" || clean.Width != 32 || clean.Height != 16 {
		t.Fatalf("got %s %dx%d", clean.MediaType, clean.Width, clean.Height)
	}
	for _, trace := range []string{"Exif", secret} {
		if bytes.Contains(clean.Bytes, []byte(trace)) {
			t.Errorf("%q is still in the picture", trace)
		}
	}
}

func TestStrip_RemovesTextOfPNG(t *testing.T) {
	t.Parallel()
	var plain bytes.Buffer
	if err := png.Encode(&plain, sample()); err != nil {
		t.Fatal(err)
	}
	text := append([]byte("tEXt"), "Comment\x00"+secret...)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(text)-4))
	chunk = append(chunk, text...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(text))
	const afterHeader = 8 + 25
	data := append(append(bytes.Clone(plain.Bytes()[:afterHeader]), chunk...), plain.Bytes()[afterHeader:]...)
	clean, err := Strip(data)
	if err != nil {
		t.Fatal(err)
	}
	if clean.MediaType != "image/png" || bytes.Contains(clean.Bytes, []byte(secret)) {
		t.Fatalf("%s, secret kept: %v", clean.MediaType, bytes.Contains(clean.Bytes, []byte(secret)))
	}
}

// TestStrip_TurnsUpright holds that the red corner ends where a viewer that honours EXIF
// would have shown it.
func TestStrip_TurnsUpright(t *testing.T) {
	t.Parallel()
	corner := map[uint16][2]bool{ // right, bottom
		1: {false, false}, 2: {true, false}, 3: {true, true}, 4: {false, true},
		5: {false, false}, 6: {true, false}, 7: {true, true}, 8: {false, true},
	}
	for code, want := range corner {
		clean, err := Strip(photo(t, code))
		if err != nil {
			t.Fatal(err)
		}
		if swapped := clean.Width == 16; swapped != (code > 4) {
			t.Errorf("orientation %d gave %dx%d", code, clean.Width, clean.Height)
		}
		img, err := jpeg.Decode(bytes.NewReader(clean.Bytes))
		if err != nil {
			t.Fatal(err)
		}
		x, y := 2, 2
		if want[0] {
			x = clean.Width - 3
		}
		if want[1] {
			y = clean.Height - 3
		}
		if r, _, b, _ := img.At(x, y).RGBA(); r < b {
			t.Errorf("orientation %d: the red corner is not at %d,%d", code, x, y)
		}
	}
}

func TestStrip_Refusals(t *testing.T) {
	t.Parallel()
	good := photo(t, upright)
	huge := hugePNG()
	cases := map[string]struct {
		data []byte
		want error
	}{
		"empty":                {nil, ErrUnknown},
		"html":                 {[]byte("<html><script>alert(1)</script>"), ErrUnknown},
		"pdf":                  {[]byte("%PDF-1.7"), ErrUnknown},
		"cut short":            {good[:len(good)/2], ErrBroken},
		"header only":          {[]byte{0xFF, 0xD8, 0xFF}, ErrBroken},
		"a decompression bomb": {huge, ErrTooLarge},
	}
	for name, c := range cases {
		if _, err := Strip(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// hugePNG claims 30,000 by 30,000 in its header and carries nothing.
func hugePNG() []byte {
	head := append([]byte("IHDR"), 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

func FuzzStrip(f *testing.F) {
	f.Add(photo(f, 6))
	f.Add(hugePNG())
	f.Add([]byte("\xFF\xD8\xFF\xE1\x00\x02"))
	f.Fuzz(func(t *testing.T, data []byte) {
		clean, err := Strip(data)
		if err != nil {
			return
		}
		if _, err := Strip(clean.Bytes); err != nil {
			t.Fatalf("a cleaned picture is refused: %v", err)
		}
	})
}
