package io.shopflow.extract.files;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.shopflow.extract.yaml.YamlObject;
import java.util.Optional;

/** Reads regular expressions, in the syntax of RE2. */
final class ExpressionParser {

    private static final int MAX_CHARACTERS = 500;

    private ExpressionParser() {}

    /** The expression at a key. */
    static Optional<Pattern> pattern(YamlObject object, String key) {
        Optional<String> text = object.text(key);
        if (text.filter(found -> found.length() > MAX_CHARACTERS).isPresent()) {
            object.invalid(
                    key, "An expression may have at most %d characters.".formatted(MAX_CHARACTERS));
            return Optional.empty();
        }
        try {
            return text.map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            object.invalid(
                    key,
                    "'%s' is not a regular expression of RE2 (%s). Back references and look-around do not exist; quote the expression with '…', so that YAML keeps each \\."
                            .formatted(
                                    YamlObject.shown(text.orElseThrow()),
                                    YamlObject.shown(e.getDescription())));
            return Optional.empty();
        }
    }
}
