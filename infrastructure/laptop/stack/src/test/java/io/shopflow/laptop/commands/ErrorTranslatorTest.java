package io.shopflow.laptop.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The messages of failed commands. */
class ErrorTranslatorTest {

    @Test
    void serversThatDoNotAnswerAreReportedInOneLineHoweverWrapped() throws Exception {
        SdkClientException refused = SdkClientException.create("Connection refused");
        String told =
                "The stack's servers do not answer (Connection refused). Look at ./shopflow status.";
        assertThat(told(refused)).isEqualTo(told);
        assertThat(told(new UncheckedIOException("S3 GetObject", new IOException(refused))))
                .isEqualTo(told);
    }

    @Test
    void aFullDiskIsNamedWhereverItIsSaid() throws Exception {
        assertThat(told(new UncheckedIOException(new IOException("No space left on device"))))
                .startsWith("The disk is full");
    }

    @Test
    void whatItDoesNotKnowIsABugAndPasses() {
        IllegalStateException bug = new IllegalStateException("a bug");
        assertThatThrownBy(() -> told(bug)).isSameAs(bug);
    }

    private static String told(Exception failure) throws Exception {
        StringWriter error = new StringWriter();
        CommandLine commandLine =
                new CommandLine(CommandLine.Model.CommandSpec.create())
                        .setErr(new PrintWriter(error, true));
        ErrorTranslator translator = new ErrorTranslator();
        assertThat(
                        translator.handleExecutionException(
                                failure, commandLine, commandLine.parseArgs()))
                .isEqualTo(1);
        return error.toString().strip();
    }
}
