package io.shopflow.laptop.inference;

import java.util.List;

/** Names of files as {@code file} of a mapping has them. */
final class FileNames {

    /** What a pattern has before its {@code *}, so that it does not match every file. */
    private static final int LEAST_BEFORE = 3;

    private FileNames() {}

    /** One name, a pattern that matches all, or a list. */
    static String yaml(List<SampledFile> files) {
        List<String> names = files.stream().map(SampledFile::name).toList();
        if (names.size() == 1) {
            return YamlText.of(names.getFirst());
        }
        String begin = names.getFirst();
        String end = begin;
        for (String name : names) {
            while (!name.startsWith(begin)) {
                begin = begin.substring(0, begin.length() - 1);
            }
            while (!name.endsWith(end)) {
                end = end.substring(1);
            }
        }
        // The numbers of other files may differ in more digits.
        begin = begin.replaceFirst("\\d+$", "");
        end = end.replaceFirst("^\\d+", "");
        int shortest = names.stream().mapToInt(String::length).min().orElse(0);
        return begin.length() >= LEAST_BEFORE && begin.length() + end.length() <= shortest
                ? YamlText.quoted(begin + "*" + end)
                : YamlText.list(names);
    }
}
