/**
 * Files in a folder or under an S3 prefix as a source: {@link
 * io.shopflow.extract.files.FilesReader} reads them as a {@link
 * io.shopflow.extract.files.FileMapping} describes.
 */
package io.shopflow.extract.files;
