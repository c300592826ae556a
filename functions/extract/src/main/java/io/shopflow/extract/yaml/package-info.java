/**
 * Reads YAML so that all mistakes are reported at once, with file, line and key. Start at {@link
 * io.shopflow.extract.yaml.YamlObject}.
 */
package io.shopflow.extract.yaml;
