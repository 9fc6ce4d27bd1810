; The set-up for Windows: for one user, without administrator rights. Run by windows/setup.py:
;   makensis -DVERSION=... -DPROGRAM=folder -DICON=file.ico -DOUT=setup.exe contact_ferry.nsi
; /S installs and removes without a window. Settings are never removed without asking.
Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user
!include "MUI2.nsh"
!include "FileFunc.nsh"

!define NAME "Contact Ferry"
!define ID "ContactFerry"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define CLASSES "Software\Classes"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\${ID}" "folder"
BrandingText " "
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} set-up"
VIAddVersionKey "LegalCopyright" "The Contact Ferry authors"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${NAME}.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Italian"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "Spanish"

LangString RUNNING ${LANG_ENGLISH} "Contact Ferry is open. Close it, then try again."
LangString RUNNING ${LANG_ITALIAN} "Contact Ferry è aperto. Chiudilo e riprova."
LangString RUNNING ${LANG_FRENCH} "Contact Ferry est ouvert. Fermez-le, puis réessayez."
LangString RUNNING ${LANG_GERMAN} "Contact Ferry ist geöffnet. Schließen Sie es und versuchen Sie es erneut."
LangString RUNNING ${LANG_SPANISH} "Contact Ferry está abierto. Ciérrelo e inténtelo de nuevo."
LangString SETTINGS ${LANG_ENGLISH} "Remove your settings and unfinished imports too? Your reports stay in any case."
LangString SETTINGS ${LANG_ITALIAN} "Rimuovere anche le impostazioni e le importazioni non terminate? I rapporti restano comunque."
LangString SETTINGS ${LANG_FRENCH} "Supprimer aussi vos réglages et les importations inachevées ? Vos rapports restent en tout cas."
LangString SETTINGS ${LANG_GERMAN} "Auch Ihre Einstellungen und unfertigen Importe entfernen? Ihre Berichte bleiben in jedem Fall."
LangString SETTINGS ${LANG_SPANISH} "¿Eliminar también los ajustes y las importaciones sin terminar? Los informes se conservan en todo caso."

!macro CLOSED_FIRST
  ; A running program holds its file: if it can be opened for writing, nobody runs it.
  retry:
  IfFileExists "$INSTDIR\${NAME}.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\${NAME}.exe" a
  IfErrors 0 +3
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY retry
  Abort
  FileClose $0
  closed:
!macroend

Section
  !insertmacro CLOSED_FIRST
  ; The files of the version before, and only those: the folder was the user's choice.
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\licences"
  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${NAME}.exe"
  WriteRegStr HKCU "Software\${ID}" "folder" "$INSTDIR"

  ; "Open with" for spreadsheets; what opens them by default stays as it is.
  WriteRegStr HKCU "${CLASSES}\Applications\${NAME}.exe" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${CLASSES}\Applications\${NAME}.exe\shell\open\command" "" '"$INSTDIR\${NAME}.exe" open "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\${NAME}.exe\SupportedTypes" ".xlsx" ""
  WriteRegStr HKCU "${CLASSES}\Applications\${NAME}.exe\SupportedTypes" ".xlsm" ""
  WriteRegStr HKCU "${CLASSES}\Applications\${NAME}.exe\SupportedTypes" ".xlsb" ""
  WriteRegStr HKCU "${CLASSES}\Applications\${NAME}.exe\SupportedTypes" ".xls" ""
  WriteRegStr HKCU "${CLASSES}\Applications\${NAME}.exe\SupportedTypes" ".ods" ""
  WriteRegStr HKCU "${CLASSES}\Applications\${NAME}.exe\SupportedTypes" ".csv" ""
  WriteRegStr HKCU "${CLASSES}\.xlsx\OpenWithList\${NAME}.exe" "" ""
  WriteRegStr HKCU "${CLASSES}\.csv\OpenWithList\${NAME}.exe" "" ""

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${NAME}.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Contact Ferry authors"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  !insertmacro CLOSED_FIRST
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\${NAME}.exe"
  Delete "$INSTDIR\contact-ferry.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only if nothing of the user's is in it
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "${CLASSES}\Applications\${NAME}.exe"
  DeleteRegKey HKCU "${CLASSES}\.xlsx\OpenWithList\${NAME}.exe"
  DeleteRegKey HKCU "${CLASSES}\.csv\OpenWithList\${NAME}.exe"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${ID}"
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(SETTINGS)" /SD IDNO IDNO done
  RMDir /r "$LOCALAPPDATA\contact-ferry"
  done:
SectionEnd
