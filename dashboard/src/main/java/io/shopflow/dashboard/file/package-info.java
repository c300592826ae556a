/**
 * Files for spreadsheets: {@link io.shopflow.dashboard.file.CsvLines} keeps texts from being taken
 * for formulas.
 */
package io.shopflow.dashboard.file;
