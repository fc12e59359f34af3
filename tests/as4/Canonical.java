import com.sun.org.apache.xml.internal.security.Init;
import com.sun.org.apache.xml.internal.security.c14n.Canonicalizer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.util.Base64;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/** Lines of base64: a document, whose every element's exclusive canonical form under a prefix list is answered. */
class Canonical {
    public static void main(String[] arguments) throws Exception {
        Init.init();
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var canonicalizer = Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
        var lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            byte[] data = Base64.getDecoder().decode(line);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(data));
            var elements = document.getElementsByTagName("*");
            for (int n = 0; n < elements.getLength(); n++) {
                var out = new ByteArrayOutputStream();
                canonicalizer.canonicalizeSubtree(elements.item(n), arguments[0], out);
                System.out.println(Base64.getEncoder().encodeToString(out.toByteArray()));
            }
        }
    }
}
