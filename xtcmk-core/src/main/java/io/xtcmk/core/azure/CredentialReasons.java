package io.xtcmk.core.azure;

import io.xtcmk.internal.Texts;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Why no credential of a chain can be used here, as azure-identity says it: one line for each credential, most of which end
 * with the address of a page for troubleshooting.
 */
final class CredentialReasons {
    /** Such as "To mitigate this issue, please refer to the troubleshooting guidelines here at https://aka.ms/...". */
    private static final Pattern REFERRAL = Pattern.compile(
            "(To (further )?mitigate this issue|Please see|For more details)[^:]*https?://aka\\.ms/.*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    private CredentialReasons() {}

    /** On one line, each reason once, without the referrals. */
    static String of(String message) {
        String reasons = LINE_BREAK
                .splitAsStream(message)
                .map(CredentialReasons::reason)
                .filter(reason -> !reason.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
        return reasons.isEmpty() ? Texts.oneLine(message) : reasons;
    }

    private static String reason(String line) {
        String reason = Texts.oneLine(REFERRAL.matcher(line).replaceFirst("")).strip();
        return reason.isEmpty() || reason.endsWith(".") ? reason : reason + ".";
    }
}
