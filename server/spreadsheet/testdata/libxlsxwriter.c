/* Writes the workbook of bench_test.go with libxlsxwriter. Arguments: file,
 * rows, columns, and 1 for constant memory (texts stand in their cells) or 0
 * (shared strings, as Excel writes them). */
#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

static void text(char *out, size_t size, int i, int j, int columns) {
    switch (j % 4) {
    case 0:
        snprintf(out, size, "%012d", i * columns + j);
        break;
    case 1:
        snprintf(out, size, "Performance of the season %d", i % 50);
        break;
    case 2:
        snprintf(out, size, "guest%d.%d@example.org", i, j);
        break;
    default:
        snprintf(out, size, "Category %d", j);
    }
}

int main(int argc, char **argv) {
    if (argc != 5)
        return 2;
    int rows = atoi(argv[2]), columns = atoi(argv[3]);
    lxw_workbook_options options = {.constant_memory = atoi(argv[4]) ? LXW_TRUE : LXW_FALSE};
    lxw_workbook *workbook = workbook_new_opt(argv[1], &options);
    lxw_worksheet *sheet = workbook_add_worksheet(workbook, "Tickets");
    char cell[64];
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) {
            text(cell, sizeof cell, i, j, columns);
            worksheet_write_string(sheet, i, j, cell, NULL);
        }
    return workbook_close(workbook) == LXW_NO_ERROR ? 0 : 1;
}
