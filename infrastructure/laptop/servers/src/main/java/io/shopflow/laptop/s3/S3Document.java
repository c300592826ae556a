package io.shopflow.laptop.s3;

import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The XML documents of S3's responses. */
final class S3Document {

    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final int MOST_KEYS = 1000;

    private S3Document() {}

    private interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    static String ofError(String code, String message) {
        return document(
                "Error",
                xml -> {
                    element(xml, "Code", code);
                    element(xml, "Message", message);
                });
    }

    static String ofBuckets(String bucket) {
        return document(
                "ListAllMyBucketsResult",
                xml -> {
                    xml.writeStartElement("Buckets");
                    xml.writeStartElement("Bucket");
                    element(xml, "Name", bucket);
                    element(xml, "CreationDate", Instant.EPOCH.toString());
                    xml.writeEndElement();
                    xml.writeEndElement();
                });
    }

    /**
     * A page of the bucket's keys, as ListObjectsV2 returns it.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>
     */
    static String ofObjects(String name, Bucket bucket, S3Request request) throws S3Exception {
        String prefix = request.parameter("prefix", "");
        String delimiter = request.parameter("delimiter", "");
        int most = Math.min(MOST_KEYS, number(request.parameter("max-keys", "" + MOST_KEYS)));
        String after =
                request.has("continuation-token")
                        ? ContinuationToken.last(request.parameter("continuation-token", ""))
                        : request.parameter("start-after", "");
        UnaryOperator<String> encoded = encoding(request);
        return document(
                "ListBucketResult",
                xml -> {
                    element(xml, "Name", name);
                    element(xml, "Prefix", encoded.apply(prefix));
                    Iterator<StoredObject> objects =
                            (KeyOrder.UTF_8.compare(after, prefix) < 0
                                            ? bucket.from(prefix)
                                            : bucket.after(after))
                                    .iterator();
                    TreeSet<String> commonPrefixes = new TreeSet<>(KeyOrder.UTF_8);
                    String last = "";
                    int count = 0;
                    boolean more = false;
                    while (objects.hasNext() && !more && most > 0) {
                        StoredObject object = objects.next();
                        String key = object.key();
                        if (!key.startsWith(prefix)) {
                            break;
                        }
                        int end =
                                delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
                        String common = end < 0 ? "" : key.substring(0, end + delimiter.length());
                        if (end >= 0 && (commonPrefixes.contains(common) || after.equals(common))) {
                            continue;
                        }
                        more = count == most;
                        if (!more) {
                            count++;
                            if (end < 0) {
                                writeObject(xml, encoded.apply(key), object);
                                last = key;
                            } else {
                                commonPrefixes.add(common);
                                last = common;
                            }
                        }
                    }
                    for (String common : commonPrefixes) {
                        xml.writeStartElement("CommonPrefixes");
                        element(xml, "Prefix", encoded.apply(common));
                        xml.writeEndElement();
                    }
                    element(xml, "KeyCount", Integer.toString(count));
                    element(xml, "MaxKeys", Integer.toString(most));
                    element(xml, "IsTruncated", Boolean.toString(more));
                    if (more) {
                        element(xml, "NextContinuationToken", ContinuationToken.of(last));
                    }
                    if (!delimiter.isEmpty()) {
                        element(xml, "Delimiter", encoded.apply(delimiter));
                    }
                    if (request.has("encoding-type")) {
                        element(xml, "EncodingType", request.parameter("encoding-type", ""));
                    }
                });
    }

    private static UnaryOperator<String> encoding(S3Request request) throws S3Exception {
        return switch (request.parameter("encoding-type", "")) {
            case "" -> UnaryOperator.identity();
            case "url" -> S3Document::urlEncoded;
            default -> throw new S3Exception(S3Error.INVALID_ARGUMENT);
        };
    }

    private static int number(String text) throws S3Exception {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As a negative number.
        }
        throw new S3Exception(S3Error.INVALID_ARGUMENT);
    }

    private static void writeObject(XMLStreamWriter xml, String key, StoredObject object)
            throws XMLStreamException {
        xml.writeStartElement("Contents");
        element(xml, "Key", key);
        element(xml, "LastModified", object.modifiedAt().toString());
        element(xml, "ETag", '"' + object.entityTag() + '"');
        element(xml, "Size", Long.toString(object.size()));
        element(xml, "StorageClass", "STANDARD");
        xml.writeEndElement();
    }

    private static String urlEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    private static void element(XMLStreamWriter xml, String name, String text)
            throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static String document(String root, Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement(root);
            if (!root.equals("Error")) {
                xml.writeDefaultNamespace(NAMESPACE);
            }
            content.write(xml);
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a document in memory cannot fail to be written", e);
        }
        return text.toString();
    }
}
