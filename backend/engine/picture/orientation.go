package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
)

// upright is EXIF's code for "as stored"; anything unreadable counts as it.
const upright = 1

// orientation reads the EXIF orientation (1 to 8) of a JPEG.
func orientation(data []byte) int {
	for rest := data; len(rest) >= 4; {
		rest = rest[2:]
		if len(rest) < 4 || rest[0] != 0xFF || rest[1] == 0xDA {
			return upright
		}
		size := int(binary.BigEndian.Uint16(rest[2:]))
		if size < 2 || len(rest) < size+2 {
			return upright
		}
		if rest[1] == 0xE1 && bytes.HasPrefix(rest[4:size+2], []byte("Exif\x00\x00")) {
			return tag(rest[10 : size+2])
		}
		rest = rest[size:]
	}
	return upright
}

// tag finds 0x0112 in the first directory of a TIFF block.
func tag(tiff []byte) int {
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return upright
	}
	entries := tiff[at+2:]
	for n := int(order.Uint16(tiff[at:])); n > 0 && len(entries) >= 12; n-- {
		if order.Uint16(entries) == 0x0112 {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			return upright
		}
		entries = entries[12:]
	}
	return upright
}

// turn applies an EXIF orientation. Codes above 4 swap width and height.
func turn(img image.Image, code int) image.Image {
	if code == upright {
		return img
	}
	src := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(src, src.Bounds(), img, img.Bounds().Min, draw.Src)
	w, h := src.Rect.Dx(), src.Rect.Dy()
	size := image.Pt(w, h)
	if code > 4 {
		size = image.Pt(h, w)
	}
	out := image.NewRGBA(image.Rectangle{Max: size})
	for y := range h {
		for x := range w {
			p := target(code, image.Pt(x, y), w, h)
			copy(out.Pix[out.PixOffset(p.X, p.Y):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return out
}

// target is where a stored pixel belongs in the upright picture.
func target(code int, p image.Point, w, h int) image.Point {
	switch code {
	case 2:
		return image.Pt(w-1-p.X, p.Y)
	case 3:
		return image.Pt(w-1-p.X, h-1-p.Y)
	case 4:
		return image.Pt(p.X, h-1-p.Y)
	case 5:
		return image.Pt(p.Y, p.X)
	case 6:
		return image.Pt(h-1-p.Y, p.X)
	case 7:
		return image.Pt(h-1-p.Y, w-1-p.X)
	case 8:
		return image.Pt(p.Y, w-1-p.X)
	default:
		return p
	}
}
