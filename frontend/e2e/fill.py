"""Fill in a workbook of ticket details with LibreOffice, as a person would.

usage: fill.py FILE.xlsx OUT.xlsx JOB.json

JOB.json says what is done: {"guests": [[email, first, last], ...] for the rows in
their order, "extra": [[ticket id, email, first, last], ...] for rows added at the
end, "edits": {"<index of a guest>": {"column": ..., "text" or "formula": ...}}}.
Before, one row is deleted, the rows are sorted by seat, and the column "CC Email"
is moved behind the last one.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import CellRangeAddress, CellAddress
from com.sun.star.table import TableSortField


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


def office(profile):
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    address = f"socket,host=127.0.0.1,port={port};urp;"
    process = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}", f"--accept={address}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(240):
        try:
            remote = resolver.resolve(f"uno:{address}StarOffice.ComponentContext")
            return process, remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except Exception:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def headers(sheet):
    found = {}
    column = 0
    while sheet.getCellByPosition(column, 0).String:
        found[sheet.getCellByPosition(column, 0).String] = column
        column += 1
    return found


def last_row(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    row = cursor.RangeAddress.EndRow
    while row > 0 and not sheet.getCellByPosition(0, row).String:
        row -= 1
    return row


def rearrange(sheet):
    """Delete a row, sort by seat, move a column to the end."""
    sheet.Rows.removeByIndex(3, 1)
    columns = headers(sheet)
    field = TableSortField()
    field.Field, field.IsAscending = columns["Seat"], True
    area = sheet.getCellRangeByPosition(0, 0, len(columns) - 1, last_row(sheet))
    area.sort((prop("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))), prop("ContainsHeader", True)))
    moved = columns["CC Email"]
    target, source = CellAddress(), CellRangeAddress()
    target.Sheet, target.Column, target.Row = 0, len(columns), 0
    source.Sheet, source.StartColumn, source.EndColumn, source.StartRow, source.EndRow = 0, moved, moved, 0, last_row(sheet)
    sheet.moveRange(target, source)
    sheet.Columns.removeByIndex(moved, 1)


def fill(sheet, job):
    columns = headers(sheet)
    names = ["[NEW] CC Email", "[NEW] CC first name", "[NEW] CC last name"]
    for i, guest in enumerate(job["guests"]):
        for name, text in zip(names, guest):
            sheet.getCellByPosition(columns[name], 1 + i).String = text
    for index, edit in job["edits"].items():
        cell = sheet.getCellByPosition(columns[edit["column"]], 1 + int(index))
        if "formula" in edit:
            cell.NumberFormat = 0  # a text cell would keep the formula as text
            cell.Formula = edit["formula"]
        else:
            cell.String = edit["text"]
    row = last_row(sheet)
    for extra in job["extra"]:
        row += 1
        for name, text in zip(["Ticket ID"] + names, extra):
            sheet.getCellByPosition(columns[name], row).String = text
    return row


def main():
    source, out, job = sys.argv[1], sys.argv[2], json.load(open(sys.argv[3]))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process, desktop = office(profile)
        try:
            book = desktop.loadComponentFromURL(uno.systemPathToFileUrl(os.path.abspath(source)), "_blank", 0, (prop("Hidden", True),))
            sheet = book.Sheets.getByName("Tickets")
            sheet.unprotect("")
            rearrange(sheet)
            count = fill(sheet, job)
            book.storeToURL(uno.systemPathToFileUrl(os.path.abspath(out)), (prop("FilterName", "Calc MS Excel 2007 XML"),))
            columns = headers(sheet)
            ids = [sheet.getCellByPosition(columns["Ticket ID"], r).String for r in range(1, count + 1)]
            print(json.dumps({"rows": count, "ids": ids}))
            book.close(True)
            try:
                desktop.terminate()
            except Exception:
                pass  # the connection ends with it
        finally:
            process.terminate()
            process.wait(20)


main()
