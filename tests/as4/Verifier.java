// Opens a secured AS4 message with the classes of a JDK alone: XML-DSig's validator where it knows the algorithm, its
// canonicaliser and java.security elsewhere. It shares no code with what it verifies.
//
// java --add-exports java.xml.crypto/com.sun.org.apache.xml.internal.security.c14n=ALL-UNNAMED \
//      --add-exports java.xml.crypto/com.sun.org.apache.xml.internal.security=ALL-UNNAMED Verifier.java FOLDER
//
// FOLDER holds envelope.xml, one file for every part named by its Content-ID, and key.der (the recipient's, PKCS 8).
// Prints "signature valid" or "signature invalid", and for every part its name and the SHA-256 of its unpacked content.

import com.sun.org.apache.xml.internal.security.c14n.Canonicalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.crypto.Data;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.URIDereferencer;
import javax.xml.crypto.XMLCryptoContext;
import javax.xml.crypto.XMLStructure;
import javax.xml.crypto.dsig.TransformService;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Verifier {
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
    static final String DSM = "http://www.w3.org/2021/04/xmldsig-more#";
    static final String DS11 = "http://www.w3.org/2009/xmldsig11#";
    static final String WSSE =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    static final String WSU =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    static final String CONTENT =
        "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Content-Signature-Transform";

    public static void main(String[] arguments) throws Exception {
        com.sun.org.apache.xml.internal.security.Init.init();
        Path folder = Path.of(arguments[0]);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = factory.newDocumentBuilder().parse(folder.resolve("envelope.xml").toFile());
        Map<String, Element> ids = identify(document);
        byte[] contentKey = contentKey(document, Files.readAllBytes(folder.resolve("key.der")));
        Map<String, byte[]> parts = new LinkedHashMap<>();
        NodeList locked = document.getElementsByTagNameNS(XENC, "CipherReference");
        for (int n = 0; n < locked.getLength(); n++) {
            String name = ((Element) locked.item(n)).getAttribute("URI").substring(4);
            byte[] octets = Files.readAllBytes(folder.resolve(name));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(contentKey, "AES"), new GCMParameterSpec(128, octets, 0, 12));
            parts.put(name, cipher.doFinal(octets, 12, octets.length - 12));
        }
        Element signature = (Element) document.getElementsByTagNameNS(DS, "Signature").item(0);
        PublicKey key = signer(document);
        String method = attribute(signature, DS, "SignatureMethod");
        boolean valid = method.startsWith(DSM)
            ? validByHand(signature, key, ids, parts) : validByLibrary(signature, key, parts);
        System.out.println(valid ? "signature valid" : "signature invalid");
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            byte[] plain = new GZIPInputStream(new ByteArrayInputStream(part.getValue())).readAllBytes();
            System.out.println(part.getKey() + " " + HexFormat.of().formatHex(sha256(plain)));
        }
    }

    static Map<String, Element> identify(Document document) {
        Map<String, Element> found = new LinkedHashMap<>();
        NodeList all = document.getElementsByTagNameNS("*", "*");
        for (int n = 0; n < all.getLength(); n++) {
            Element element = (Element) all.item(n);
            if (element.hasAttributeNS(WSU, "Id")) {
                element.setIdAttributeNS(WSU, "Id", true);
                found.put(element.getAttributeNS(WSU, "Id"), element);
            }
        }
        return found;
    }

    static PublicKey signer(Document document) throws Exception {
        Element info = (Element) ((Element) document.getElementsByTagNameNS(DS, "Signature").item(0))
            .getElementsByTagNameNS(WSSE, "Reference").item(0);
        String wanted = info.getAttribute("URI").substring(1);
        NodeList tokens = document.getElementsByTagNameNS(WSSE, "BinarySecurityToken");
        for (int n = 0; n < tokens.getLength(); n++) {
            Element token = (Element) tokens.item(n);
            if (token.getAttributeNS(WSU, "Id").equals(wanted)) {
                InputStream octets = new ByteArrayInputStream(decoded(token));
                CertificateFactory certificates = CertificateFactory.getInstance("X.509");
                return token.getAttribute("ValueType").endsWith("X509PKIPathv1")
                    ? certificates.generateCertPath(octets, "PkiPath").getCertificates().get(0).getPublicKey()
                    : certificates.generateCertificate(octets).getPublicKey();
            }
        }
        throw new IllegalStateException("no token " + wanted);
    }

    static byte[] contentKey(Document document, byte[] own) throws Exception {
        Element encrypted = (Element) document.getElementsByTagNameNS(XENC, "EncryptedKey").item(0);
        byte[] wrapped = decoded((Element) encrypted.getElementsByTagNameNS(XENC, "CipherValue").item(0));
        if (encrypted.getElementsByTagNameNS(XENC, "AgreementMethod").getLength() == 0) {
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(own));
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new OAEPParameterSpec(
                "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            return cipher.doFinal(wrapped);
        }
        KeyFactory keys = KeyFactory.getInstance("X25519");
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(keys.generatePrivate(new PKCS8EncodedKeySpec(own)));
        byte[] ephemeral = decoded((Element) encrypted.getElementsByTagNameNS(DS11, "DEREncodedKeyValue").item(0));
        agreement.doPhase(keys.generatePublic(new X509EncodedKeySpec(ephemeral)), true);
        byte[] salt = decoded((Element) encrypted.getElementsByTagNameNS(DSM, "Salt").item(0));
        byte[] pseudorandom = hmac(salt, agreement.generateSecret());
        byte[] wrapping = Arrays.copyOf(hmac(pseudorandom, new byte[] {1}), 16);  // RFC 5869 with empty info
        Cipher cipher = Cipher.getInstance("AESWrap");
        cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(wrapping, "AES"));
        return cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
    }

    static boolean validByLibrary(Element signature, PublicKey key, Map<String, byte[]> parts) throws Exception {
        Provider own = new Provider("swa", "1", "content transform") { };
        own.put("TransformService." + CONTENT, Content.class.getName());
        own.put("TransformService." + CONTENT + " MechanismType", "DOM");
        java.security.Security.addProvider(own);
        XMLSignatureFactory library = XMLSignatureFactory.getInstance("DOM");
        URIDereferencer plain = library.getURIDereferencer();
        DOMValidateContext context = new DOMValidateContext(KeySelector.singletonKeySelector(key), signature);
        context.setURIDereferencer((reference, inner) -> reference.getURI().startsWith("cid:")
            ? new OctetStreamData(new ByteArrayInputStream(parts.get(reference.getURI().substring(4))))
            : plain.dereference(reference, inner));
        return library.unmarshalXMLSignature(context).validate(context);
    }

    static boolean validByHand(
        Element signature, PublicKey key, Map<String, Element> ids, Map<String, byte[]> parts) throws Exception {
        Element info = (Element) signature.getElementsByTagNameNS(DS, "SignedInfo").item(0);
        Signature state = Signature.getInstance("Ed25519");
        state.initVerify(key);
        state.update(canonical(info));
        boolean valid = state.verify(decoded((Element) signature.getElementsByTagNameNS(DS, "SignatureValue").item(0)));
        NodeList references = info.getElementsByTagNameNS(DS, "Reference");
        for (int n = 0; n < references.getLength(); n++) {
            Element reference = (Element) references.item(n);
            String uri = reference.getAttribute("URI");
            byte[] octets = uri.startsWith("cid:") ? parts.get(uri.substring(4)) : canonical(ids.get(uri.substring(1)));
            byte[] digest = decoded((Element) reference.getElementsByTagNameNS(DS, "DigestValue").item(0));
            valid &= MessageDigest.isEqual(sha256(octets), digest);
        }
        return valid && references.getLength() == 2 + parts.size();
    }

    static byte[] canonical(Element element) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        Canonicalizer.getInstance("http://www.w3.org/2001/10/xml-exc-c14n#").canonicalizeSubtree(element, octets);
        return octets.toByteArray();
    }

    static String attribute(Element below, String namespace, String name) {
        return ((Element) below.getElementsByTagNameNS(namespace, name).item(0)).getAttribute("Algorithm");
    }

    static byte[] decoded(Element element) {
        return Base64.getMimeDecoder().decode(element.getTextContent());
    }

    static byte[] sha256(byte[] octets) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(octets);
    }

    static byte[] hmac(byte[] key, byte[] octets) throws Exception {
        Mac state = Mac.getInstance("HmacSHA256");
        state.init(new SecretKeySpec(key, "HmacSHA256"));
        return state.doFinal(octets);
    }

    /** The content transform of the SwA profile for parts that are neither XML nor text: their octets. */
    public static class Content extends TransformService {
        public void init(TransformParameterSpec given) { }
        public void init(XMLStructure parent, XMLCryptoContext context) { }
        public void marshalParams(XMLStructure parent, XMLCryptoContext context) { }
        public AlgorithmParameterSpec getParameterSpec() { return null; }
        public boolean isFeatureSupported(String feature) { return false; }
        public Data transform(Data data, XMLCryptoContext context) { return data; }
        public Data transform(Data data, XMLCryptoContext context, java.io.OutputStream out) { return data; }
    }
}
