package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"gradin/ent"
	"gradin/server/distribution"
	"gradin/server/privacy"
	"gradin/server/seatmap"
	"gradin/server/signed"
	"gradin/server/storedfile"
	"gradin/server/viewer"
)

// download serves what a signed address stands for (API-5). The address was
// given to somebody who could see it; it carries what it is for and no more.
type download struct{ Config }

const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// ServeHTTP streams the file.
func (d download) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var wanted distribution.Download
	var plan seatmap.Export
	var person privacy.Export
	if signed.Read(d.LinkKey, privacy.PurposeExport, d.Now(), r.PathValue("token"), &person) == nil {
		d.answer(w, r, "person", func(ctx context.Context) error { return d.person(ctx, w, person, d.Address(r)) })
		return
	}
	if signed.Read(d.LinkKey, seatmap.PurposeExport, d.Now(), r.PathValue("token"), &plan) == nil {
		d.answer(w, r, "plan", func(ctx context.Context) error { return d.plan(ctx, w, plan) })
		return
	}
	if err := signed.Read(d.LinkKey, distribution.PurposeDownload, d.Now(), r.PathValue("token"), &wanted); err != nil {
		http.Error(w, "This address is not valid, or no longer. Go back and ask for the file again.", http.StatusNotFound)
		return
	}
	d.answer(w, r, string(wanted.Kind), func(ctx context.Context) error { return d.serve(ctx, w, wanted, d.Address(r)) })
}

// answer serves a download as the system.
func (d download) answer(w http.ResponseWriter, r *http.Request, kind string, serve func(context.Context) error) {
	ctx := viewer.With(r.Context(), viewer.System("download"))
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	err := serve(ctx)
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	d.Log.ErrorContext(ctx, "serve a download", "kind", kind, "error", err)
	// What has begun to leave cannot be taken back: cut the connection, so that
	// nobody takes half a file for a whole one.
	panic(http.ErrAbortHandler)
}

func (d download) serve(ctx context.Context, w http.ResponseWriter, wanted distribution.Download, address string) error {
	if wanted.Kind == distribution.DownloadTickets {
		if err := d.Distribution.NoteDownload(ctx, wanted.Scope.Organisation, wanted, address); err != nil {
			return err
		}
		attach(w, "gradin-tickets-"+d.Now().Format("2006-01-02")+".xlsx", sheetType)
		return d.Distribution.Export(ctx, wanted.Scope, wanted.Filter, wanted.Language, wanted.ID, w)
	}
	e, err := d.Store.Client.Execution.Get(ctx, wanted.Execution)
	if err != nil {
		return err
	}
	if e.StoredFileID == nil {
		return errors.New("the execution has no file, or no longer")
	}
	if err := d.Distribution.NoteDownload(ctx, e.OrganisationID, wanted, address); err != nil {
		return err
	}
	switch wanted.Kind {
	case distribution.DownloadOriginal:
		return d.original(ctx, w, e)
	case distribution.DownloadResult:
		attach(w, fmt.Sprintf("gradin-result-%d.xlsx", e.Number), sheetType)
		return d.Distribution.Result(ctx, e, false, wanted.Language, w)
	case distribution.DownloadRefused:
		attach(w, fmt.Sprintf("gradin-refused-%d.xlsx", e.Number), sheetType)
		return d.Distribution.Result(ctx, e, true, wanted.Language, w)
	}
	return fmt.Errorf("download of kind %q", wanted.Kind)
}

// plan serves a venue's seating plan (SM-3).
func (d download) plan(ctx context.Context, w http.ResponseWriter, e seatmap.Export) error {
	return d.Maps.Write(ctx, e, func(code string) io.Writer {
		attach(w, "gradin-plan-"+strings.ToLower(code)+".json", "application/json")
		return w
	})
}

// person serves all that is held on a person (AC-5).
func (d download) person(ctx context.Context, w http.ResponseWriter, e privacy.Export, address string) error {
	return d.Privacy.Write(ctx, e, address, func(number int64) io.Writer {
		attach(w, fmt.Sprintf("gradin-person-%d.json", number), "application/json")
		return w
	})
}

func (d download) original(ctx context.Context, w http.ResponseWriter, e *ent.Execution) error {
	file, err := d.Store.Client.StoredFile.Get(ctx, *e.StoredFileID)
	if err != nil {
		return err
	}
	attach(w, file.Name, "application/octet-stream")
	_, err = io.Copy(w, io.NewSectionReader(storedfile.Open(ctx, d.Store, file), 0, file.Size))
	return err
}

func attach(w http.ResponseWriter, name, kind string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}
