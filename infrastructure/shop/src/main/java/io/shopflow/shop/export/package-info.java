/**
 * The shop as CSV files: {@link io.shopflow.shop.export.CsvExport} writes one of any size, with
 * defects on demand.
 */
package io.shopflow.shop.export;
