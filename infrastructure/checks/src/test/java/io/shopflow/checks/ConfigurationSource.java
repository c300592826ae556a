package io.shopflow.checks;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The settings in the interfaces with {@code @ConfigMapping} of a source file. */
final class ConfigurationSource {

    /**
     * A setting.
     *
     * @param variable the environment variable
     * @param type as the interface declares it
     * @param defaultValue empty if the setting is required or optional
     * @param limits in words, such as "at least 1"
     * @param description its Javadoc on one line
     */
    record Setting(
            String variable,
            String type,
            Optional<String> defaultValue,
            List<String> limits,
            String description) {}

    private ConfigurationSource() {}

    /** In the order of the source. */
    static List<Setting> settings(Path file) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjects(file));
            List<Setting> settings = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                new Mappings(unit, DocTrees.instance(task), settings).scan(unit, null);
            }
            return settings;
        }
    }

    /** Reads the interfaces from the top; nested ones are groups. */
    private static final class Mappings extends TreePathScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final DocTrees trees;
        private final List<Setting> settings;

        Mappings(CompilationUnitTree unit, DocTrees trees, List<Setting> settings) {
            this.unit = unit;
            this.trees = trees;
            this.settings = settings;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            annotation(type.getModifiers().getAnnotations(), "ConfigMapping")
                    .flatMap(mapping -> value(mapping, "prefix"))
                    .ifPresent(prefix -> read(type, getCurrentPath(), prefix));
            return null;
        }

        private void read(ClassTree type, TreePath path, String prefix) {
            Map<String, ClassTree> groups = new HashMap<>();
            for (Tree member : type.getMembers()) {
                if (member instanceof ClassTree group) {
                    groups.put(group.getSimpleName().toString(), group);
                }
            }
            for (Tree member : type.getMembers()) {
                if (!(member instanceof MethodTree method)) {
                    continue;
                }
                List<? extends AnnotationTree> annotations = method.getModifiers().getAnnotations();
                String name =
                        prefix
                                + "."
                                + annotation(annotations, "WithName")
                                        .flatMap(named -> value(named, "value"))
                                        .orElse(kebab(method.getName().toString()));
                TreePath methodPath = new TreePath(path, method);
                ClassTree group = groups.get(method.getReturnType().toString());
                if (group != null) {
                    read(group, new TreePath(path, group), name);
                    continue;
                }
                settings.add(
                        new Setting(
                                name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"),
                                method.getReturnType().toString(),
                                annotation(annotations, "WithDefault")
                                        .flatMap(value -> value(value, "value")),
                                limits(annotations),
                                description(methodPath)));
            }
        }

        private static List<String> limits(List<? extends AnnotationTree> annotations) {
            return annotations.stream()
                    .map(annotation -> annotation.toString().replace("value = ", ""))
                    .flatMap(annotation -> limitsOf(annotation).stream())
                    .toList();
        }

        private static List<String> limitsOf(String annotation) {
            if (annotation.matches("@(Min|Max)\\(.*")) {
                return List.of(
                        annotation
                                .replace("@Min(", "at least ")
                                .replace("@Max(", "at most ")
                                .replace(")", ""));
            }
            if (!annotation.startsWith("@WithConverter(")) {
                return List.of();
            }
            return switch (annotation.replaceFirst("@WithConverter\\((.*)\\.class\\)", "$1")) {
                case "NonNegativeInteger" -> List.of("at least 0");
                case "PositiveInteger" -> List.of("at least 1");
                case "Percentage" -> List.of("at least 0", "at most 100");
                default -> throw new AssertionError("name the limits of " + annotation);
            };
        }

        private String description(TreePath path) {
            String comment = trees.getDocComment(path);
            if (comment == null) {
                throw new AssertionError(
                        unit.getSourceFile().getName() + " does not describe " + path.getLeaf());
            }
            String text =
                    comment.strip()
                            .replaceAll("(?s)\\n\\s*@\\w+.*", "")
                            .replaceAll("<[^>]*>", "")
                            .replaceAll("\\s+", " ");
            return code(text).replace("|", "\\|");
        }

        /** Converts inline tags, which may contain braces, to code. */
        private static String code(String javadoc) {
            int tag = javadoc.indexOf("{@");
            if (tag < 0) {
                return javadoc;
            }
            int end = tag;
            int open = 0;
            do {
                char sign = javadoc.charAt(end++);
                open += sign == '{' ? 1 : sign == '}' ? -1 : 0;
            } while (open > 0);
            String inside = javadoc.substring(tag, end - 1).replaceFirst("\\{@\\w+ ", "");
            return javadoc.substring(0, tag) + "`" + inside + "`" + code(javadoc.substring(end));
        }

        private static Optional<? extends AnnotationTree> annotation(
                List<? extends AnnotationTree> annotations, String name) {
            return annotations.stream()
                    .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
                    .findFirst();
        }

        private static Optional<String> value(AnnotationTree annotation, String name) {
            for (ExpressionTree argument : annotation.getArguments()) {
                if (argument instanceof AssignmentTree assignment
                        && assignment.getVariable().toString().equals(name)
                        && assignment.getExpression() instanceof LiteralTree literal) {
                    return Optional.of(String.valueOf(literal.getValue()));
                }
                if (argument instanceof LiteralTree literal && name.equals("value")) {
                    return Optional.of(String.valueOf(literal.getValue()));
                }
            }
            return Optional.empty();
        }

        private static String kebab(String method) {
            return method.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        }
    }
}
