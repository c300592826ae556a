/**
 * Workbooks of Excel and others (XLSX, ECMA-376), read as text. Entry point: {@link
 * io.shopflow.core.workbook.Workbook}.
 */
@NullMarked
package io.shopflow.core.workbook;

import org.jspecify.annotations.NullMarked;
