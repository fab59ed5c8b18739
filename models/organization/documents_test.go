package organization_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"unicode"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/organization"
	"wenguan/models/store"
)

func TestOnlyPDFAndPicturesAreKeptWhateverTheyAreCalled(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner := w.person("王小明")
	o := w.founded(owner, "青花合唱团", code(1))
	huge := pngOf(1, 1) // says that it is a million pixels wide and high
	copy(huge[16:24], "\x00\x0f\x42\x40\x00\x0f\x42\x40")
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	zip := pdfWith("")
	zip = append(zip, "PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00%%EOF"...)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":                      {nil, "document_empty"},
		"too large":                    {append(pngOf(9, 9), make([]byte, organization.MaxDocumentBytes)...), "document_large"},
		"a bomb":                       {huge, "document_large"},
		"a page":                       {[]byte("<!DOCTYPE html><script>alert(1)</script>"), "document_type"},
		"a drawing that runs":          {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "document_type"},
		"a script":                     {[]byte("#!/bin/sh\nrm -rf /"), "document_type"},
		"a program":                    {[]byte("MZ\x90\x00\x03"), "document_type"},
		"an archive":                   {[]byte("PK\x03\x04 word/document.xml"), "document_type"},
		"another picture":              {[]byte("GIF89a\x01\x00\x01\x00"), "document_type"},
		"a picture behind a page":      {append([]byte("<html>"), pngOf(9, 9)...), "document_type"},
		"half a picture":               {pngOf(40, 40)[:60], "document_broken"},
		"a picture in name only":       {[]byte("\x89PNG\r\n\x1a\n<script>alert(1)</script>"), "document_broken"},
		"a photo in name only":         {[]byte("\xff\xd8\xff\xe0<?php system($_GET[0]);"), "document_broken"},
		"a PDF in name only":           {[]byte("%PDF-1.4\nhello"), "document_broken"},
		"a PDF that is not first":      {append([]byte("GIF89a"), pdfWith("")...), "document_type"},
		"a PDF with a script":          {pdfWith("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"), "document_active"},
		"a PDF with a hidden script":   {pdfWith("/OpenAction<</S/J#61vaScript>>"), "document_active"},
		"a PDF that starts a program":  {pdfWith("/AA<</O<</S/Launch/F(cmd.exe)>>>>"), "document_active"},
		"a PDF with a file in it":      {pdfWith("/Names<</EmbeddedFiles 3 0 R>>"), "document_active"},
		"a PDF that is a page as well": {pdfWith("/X(<ScRiPt>alert(1)</script>)"), "document_active"},
		"a PDF that is an archive":     {zip, "document_active"},
	} {
		_, err := w.AddDocument(t.Context(), owner, o.ID, "证书.png", c.data, "")
		if err == nil {
			t.Errorf("%s is kept", name)
		}
		wantCode(t, err, c.want)
	}
	if n := len(w.get(owner, o.ID).Documents); n != 1 {
		t.Errorf("%d documents, want the one from before", n)
	}
}

func TestAPictureIsKeptWithNothingButItsPixels(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner := w.person("王小明")
	o := w.founded(owner, "青花合唱团", code(1))
	d, err := w.AddDocument(t.Context(), owner, o.ID, "IMG_1.JPG", photoOf(6), "")
	if err != nil || d.Type != organization.JPEG {
		t.Fatal(d, err)
	}
	_, kept, err := w.OpenDocument(t.Context(), owner, o.ID, d.ID)
	if err != nil || bytes.Contains(kept, []byte("GPS")) || bytes.Contains(kept, []byte("<")) && bytes.Contains(kept, []byte("script")) {
		t.Errorf("what was hidden in the photo is kept: %v", err)
	}
	if !bytes.Contains(kept[:40], []byte("\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06")) {
		t.Error("which way up the photo goes is lost")
	}
	if picture, err := jpeg.Decode(bytes.NewReader(kept)); err != nil || picture.Bounds().Dx() != 60 {
		t.Error("the photo is lost:", err)
	}
	behind := append(pngOf(40, 30), "<script>alert(1)</script>PK\x05\x06"...)
	if d, err = w.AddDocument(t.Context(), owner, o.ID, "a.png", behind, ""); err != nil {
		t.Fatal(err)
	}
	_, kept, err = w.OpenDocument(t.Context(), owner, o.ID, d.ID)
	if picture, decoded := png.Decode(bytes.NewReader(kept)); err != nil || decoded != nil || picture.Bounds().Dx() != 40 || bytes.Contains(kept, []byte("script")) {
		t.Error("the picture is not what was drawn:", err, decoded)
	}
}

func TestAFileNameIsMadeHarmless(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner := w.person("王小明")
	o := w.founded(owner, "青花合唱团", code(1))
	for typed, want := range map[string]string{
		"登记证书.PDF":                     "登记证书.pdf",
		"../../etc/passwd":             "passwd.pdf",
		`C:\fakepath\证书.exe`:           "证书.pdf",
		"":                             "document.pdf",
		"....":                         "document.pdf",
		"a\r\nSet-Cookie: x=1.pdf":     "aSet-Cookie x=1.pdf",
		`a";filename="b.html`:          "afilename=b.pdf",
		"\u202efdp.exe":                "fdp.pdf",
		"<script>.html":                "script.pdf",
		strings.Repeat("长", 300):       strings.Repeat("长", 76) + ".pdf",
		"\xff\xfe证书":                   "证书.pdf",
		"con.pdf":                      "con.pdf",
		"=HYPERLINK(\"http://x\").pdf": "x).pdf",
		"证书 2026 (复印件).pdf":            "证书 2026 (复印件).pdf",
		"%2e%2e%2f.pdf":                "2e2e2f.pdf",
		"photo\u0000.php":              "photo.pdf",
		"file.pdf/..":                  "document.pdf",
		"\u200b\u200b":                 "document.pdf",
		strings.Repeat("../", 100) + "证书.tar.gz": "证书.tar.pdf",
	} {
		d, err := w.AddDocument(t.Context(), owner, o.ID, typed, pdfWith(""), "")
		if err != nil {
			t.Fatal(err)
		}
		if d.Name != want || strings.ContainsFunc(d.Name, unicode.IsControl) {
			t.Errorf("%q is called %q, want %q", typed, d.Name, want)
		}
		if err := w.RemoveDocument(t.Context(), owner, o.ID, d.ID); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDocumentsAreCountedReplacedAndDeleted(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner := w.person("王小明")
	o := w.founded(owner, "青花合唱团", code(1))
	for range organization.MaxDocuments - 1 {
		if _, err := w.AddDocument(t.Context(), owner, o.ID, "a.pdf", pdfWith(""), ""); err != nil {
			t.Fatal(err)
		}
	}
	_, err := w.AddDocument(t.Context(), owner, o.ID, "a.pdf", pdfWith(""), "")
	wantCode(t, err, "documents_many")
	old := w.get(owner, o.ID).Documents[3].ID
	placed, err := w.AddDocument(t.Context(), owner, o.ID, "b.pdf", pdfWith(""), old)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = w.OpenDocument(t.Context(), owner, o.ID, old)
	wantCode(t, err, "document_not_found")
	_, err = w.AddDocument(t.Context(), owner, o.ID, "b.pdf", pdfWith(""), old)
	wantCode(t, err, "document_not_found")
	for _, d := range w.get(owner, o.ID).Documents {
		if d.ID != placed.ID {
			if err := w.RemoveDocument(t.Context(), owner, o.ID, d.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	if o, err = w.Submit(t.Context(), owner, o.ID); err != nil {
		t.Fatal(err)
	}
	wantCode(t, w.RemoveDocument(t.Context(), owner, o.ID, placed.ID), "document_needed") // staff are looking at it
}

func TestDocumentsOpenForOwnersAndForStaffOfWhomThatIsRecorded(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner, officer := w.person("王小明"), w.officer()
	o := w.submitted(owner, "青花合唱团", code(1))
	document := o.Documents[0].ID
	other := w.founded(w.person("李雷"), "瓷韵舞蹈队", code(2))
	for _, c := range []struct {
		name string
		who  account.Actor
		at   string
		want string
	}{
		{"an owner", owner, o.ID, ""},
		{"staff", officer, o.ID, ""},
		{"a booker", w.invited(owner, o.ID, "小红", account.Booker), o.ID, "owner_needed"},
		{"another resident", w.person("小刚"), o.ID, "organization_not_found"},
		{"staff of one venue", w.person("何秀兰", account.Grant{Role: account.Manager, Venues: []string{"room"}}), o.ID, "organization_not_found"},
		{"an attendant", w.person("小何", account.Grant{Role: account.Attendant}), o.ID, "organization_not_found"},
		{"nobody", account.Actor{}, o.ID, "sign_in_needed"},
		{"an owner, under another organization", owner, other.ID, "organization_not_found"},
		{"staff, under another organization", officer, other.ID, "document_not_found"},
	} {
		_, _, err := w.OpenDocument(t.Context(), c.who, c.at, document)
		if wantCode(t, err, c.want); t.Failed() {
			t.Fatal(c.name)
		}
	}
	var looks []audit.Look
	err := w.store.View(t.Context(), func(tx store.Tx) (err error) {
		looks, _, err = audit.LooksAt(tx, owner.ID, 10, "")
		return err
	})
	if err != nil || len(looks) != 1 || looks[0].Who != officer.ID || looks[0].Why != "verification" {
		t.Errorf("looks %+v, %v: want the one of staff", looks, err)
	}
}
