#!/usr/bin/env bash
# Puts the signing certificate into a keychain of its own, for a build machine that has none.
#   MACOS_CERTIFICATE           path of the .p12 file
#   MACOS_CERTIFICATE_PASSWORD  its password
# On your own Mac, with the certificate in your keychain already, this is not needed.
set -eu
if [ -z "${MACOS_CERTIFICATE:-}" ]; then
    echo "No certificate: MACOS_CERTIFICATE is not set. The app will not be signed."
    exit 0
fi
keychain="${TMPDIR:-/tmp}/contact-ferry.keychain-db"
password="$(openssl rand -hex 24)"
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$MACOS_CERTIFICATE" -k "$keychain" -P "${MACOS_CERTIFICATE_PASSWORD:-}" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
