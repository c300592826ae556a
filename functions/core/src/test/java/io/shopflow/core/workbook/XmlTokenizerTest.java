package io.shopflow.core.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.core.archive.ContentException;
import io.shopflow.core.workbook.XmlTokenizer.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTokenizerTest {

    @Test
    void tagsAttributesAndTextsAreRead() throws IOException {
        assertThat(
                        events(
                                "\ufeff<?xml version=\"1.0\"?>\n<!-- a - b -- c ---->\n<x:a b='1>&quot;' x:c = \"&#x41;\"><d/>&lt;é<![CDATA[<&]]]>€</x:a>\n"))
                .containsExactly("<a b=1>\" c=A", "<d", ">d", "'<é<&]€", ">a");
    }

    /** What both accept has the same content; what it rejects has no content that we invent. */
    @Property(tries = 500)
    void anyDocumentIsReadAsByTheParserOfTheJdk(@ForAll("documents") String document)
            throws IOException {
        List<String> expected;
        try {
            expected = eventsOfTheJdk(document);
        } catch (XMLStreamException e) {
            return;
        }
        assertThat(events(document)).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.of(
                        "<a>",
                        "</a>",
                        "<b c='1'>",
                        "</b>",
                        "<d/>",
                        "<e f=\"&amp;&#60;\" g='>' />",
                        "text",
                        " ",
                        "é€",
                        "&lt;",
                        "&#233;",
                        "]]",
                        "'",
                        "\"",
                        "<!-- <a> -->",
                        "<![CDATA[<a>&]]>",
                        "<?go <a> ?>")
                .list()
                .ofMaxSize(12)
                .map(parts -> "<r>" + String.join("", parts) + "</r>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "text",
                "<a>",
                "<a></b>",
                "</a>",
                "<a/><b/>",
                "<a b></a>",
                "<a b=c/>",
                "<a b='/>",
                "<a>&nbsp;</a>",
                "<a>&#xFFFFFF;</a>",
                "<a>&#x;</a>",
                "<a>&lt</a>",
                "<a><!-- ",
                "<a><![CDATA[",
                "<a><!",
                "<",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "<a>\u0000\ufffe</a",
            })
    void whatIsNoXmlIsDamaged(String document) {
        assertThatThrownBy(() -> events(document))
                .isInstanceOfSatisfying(
                        ContentException.class,
                        e -> assertThat(e.rule()).isEqualTo("file_damaged"));
    }

    @Test
    void bytesThatAreNotUtf8AreDamaged() {
        assertThatThrownBy(() -> events("<a>é</a>".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(ContentException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void memoryIsBoundedWhateverADocumentRepeats() {
        assertTooLarge("<a b='", "x");
        assertTooLarge("<a>", "x");
        assertTooLarge("<a><![CDATA[", "x");
        assertTooLarge("<", "n");
        assertThatThrownBy(() -> events(endless("", "<a>")))
                .isInstanceOf(ContentException.class)
                .hasMessageContaining("too deep");
    }

    private static void assertTooLarge(String begin, String repeated) {
        assertThatThrownBy(() -> events(endless(begin, repeated)))
                .isInstanceOfSatisfying(
                        ContentException.class,
                        e -> assertThat(e.rule()).isEqualTo("file_too_large"));
    }

    private static InputStream endless(String begin, String repeated) {
        byte[] bytes = (begin + repeated.repeat(5 << 20)).getBytes(StandardCharsets.UTF_8);
        return new ByteArrayInputStream(bytes);
    }

    private static List<String> events(String document) throws IOException {
        return events(document.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> events(byte[] document) throws IOException {
        return events(new ByteArrayInputStream(document));
    }

    private static List<String> events(InputStream document) throws IOException {
        List<String> events = new ArrayList<>();
        try (XmlTokenizer xml = new XmlTokenizer(document, "the part")) {
            for (Token token = xml.next(); token != Token.FINISHED; token = xml.next()) {
                switch (token) {
                    case START -> {
                        StringBuilder tag = new StringBuilder("<" + xml.name());
                        for (String name : List.of("b", "c", "f", "g")) {
                            String value = xml.attribute(name);
                            tag.append(value == null ? "" : " " + name + "=" + value);
                        }
                        events.add(tag.toString());
                    }
                    case END -> events.add(">" + xml.name());
                    case TEXT -> addText(events, xml.text());
                    case FINISHED -> throw new AssertionError();
                }
            }
        }
        return events;
    }

    private static List<String> eventsOfTheJdk(String document) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(document));
        List<String> events = new ArrayList<>();
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    StringBuilder tag = new StringBuilder("<" + xml.getLocalName());
                    for (int i = 0; i < xml.getAttributeCount(); i++) {
                        tag.append(" " + xml.getAttributeLocalName(i))
                                .append("=" + xml.getAttributeValue(i));
                    }
                    events.add(tag.toString());
                }
                case XMLStreamConstants.END_ELEMENT -> events.add(">" + xml.getLocalName());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        addText(events, xml.getText());
                default -> {
                    // Comments and instructions are no content.
                }
            }
        }
        return events;
    }

    /** Where a text is split does not matter. */
    private static void addText(List<String> events, String text) {
        if (text.isEmpty()) {
            return;
        }
        if (!events.isEmpty() && events.getLast().startsWith("'")) {
            events.set(events.size() - 1, events.getLast() + text);
        } else {
            events.add("'" + text);
        }
    }
}
