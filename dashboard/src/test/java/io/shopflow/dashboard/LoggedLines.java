package io.shopflow.dashboard;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What the application logs while this is open, by one category and those below. */
public final class LoggedLines implements AutoCloseable {
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord record) {
                    lines.add(MESSAGE.format(record));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    private LoggedLines(Logger logger) {
        this.logger = logger;
        logger.addHandler(handler);
    }

    public static LoggedLines of(String category) {
        return new LoggedLines(Logger.getLogger(category));
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
