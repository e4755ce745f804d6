"""Errors a therapist may meet: each says what is wrong, what is safe and what to do now.

An error carries a message id and values, so that the words are chosen where they are shown. `exit_code` is what the
command line returns for it.
"""

from ipt_desktop.domain.text import _, marked


class PracticeError(Exception):
    """Something went wrong that the therapist should be told in words.

    `message` is an English message id with named fields; `values` fill them. `str(error)` is the translated sentence.
    """

    message = marked("Something went wrong: {reason}")
    exit_code = 1

    def __init__(self, **values: object) -> None:
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        return _(self.message).format(**self.values)


class WrongPassphrase(PracticeError):
    """The passphrase opens none of the header's slots."""

    message = marked("This passphrase does not open the practice. Nothing was changed. Check Caps Lock and try again.")
    exit_code = 3


class WrongPrivatePassphrase(WrongPassphrase):
    """The passphrase opens none of the private notes' slots; it may well open the practice."""

    message = marked("This passphrase does not open the private notes. Nothing was changed. Check Caps Lock and try again.")


class WeakPassphrase(PracticeError):
    """The passphrase is too short to protect anything."""

    message = marked(
        "The passphrase has {length} characters; it needs at least {minimum}. Six random words are easy to remember."
    )
    exit_code = 2


class RecoveryCodeWrong(PracticeError):
    """What was typed is not a recovery code; `reason` says which group to look at."""

    message = marked("This is not the recovery code: {reason}. Nothing was changed. Compare it with the sheet and try again.")
    exit_code = 3


class TooManyAttempts(PracticeError):
    """Several wrong passphrases were typed one after another; `seconds` is how long the next has to wait."""

    message = marked("Several wrong passphrases were typed. Nothing was changed. Try again in {wait}.")
    exit_code = 3


class WrongOnceMore(WrongPassphrase):
    """Wrong, and not for the first time; `seconds` is how long the next has to wait."""

    message = marked("This passphrase is wrong, as several before it were. Nothing was changed. Try again in {wait}.")


class KeychainFailed(PracticeError):
    """The system's keychain can't keep or give the secret; the passphrase opens the practice all the same."""

    message = marked(
        "The keychain of this computer cannot be used: {reason}. Nothing was changed, and the passphrase opens the practice."
    )
    exit_code = 3


class HeaderDamaged(PracticeError):
    """The header file can't be read, or holds values outside their bounds."""

    message = marked(
        "The file that holds the keys of this practice is damaged: {path} ({reason}). Nothing was changed: "
        "your notes are still in the database beside it. The recovery sheet opens them, or restore a backup."
    )
    exit_code = 4


class PracticeMissing(PracticeError):
    """There is no practice in the folder."""

    message = marked("There is no practice in {path}. Choose another folder, or create a practice there.")
    exit_code = 2


class DatabaseMissing(PracticeError):
    """The header is there, the database is not."""

    message = marked(
        "The database of this practice is missing: {path}. Nothing was changed. Put the file back or restore a backup."
    )
    exit_code = 4


class DatabaseDamaged(PracticeError):
    """The database is truncated, altered or not ours."""

    message = marked(
        "The database of this practice is damaged or incomplete: {path} ({reason}). Nothing was changed. "
        "Keep the file as it is and restore a backup."
    )
    exit_code = 4


class NewerPractice(PracticeError):
    """The practice was written by a later version of the program."""

    message = marked(
        "This practice was last used with a newer version of IPT Desktop ({found}; this one knows {known}). "
        "Nothing was changed. Install the newer version to open it."
    )
    exit_code = 4


class PracticeInUse(PracticeError):
    """Another process holds the practice's lock."""

    message = marked("This practice is already open in another window or program. Close it there first.")
    exit_code = 5


class PracticeExists(PracticeError):
    """A practice would be created where one already is."""

    message = marked("There is already a practice in {path}. Nothing was changed. Choose an empty folder.")
    exit_code = 2


class FolderNotWritable(PracticeError):
    """The data folder can't be written."""

    message = marked("The folder {path} cannot be written to ({reason}). Nothing was saved there. Choose another folder.")
    exit_code = 2


class DiskFull(PracticeError):
    """The database can't even be opened, since its disk has no room for what is kept beside it meanwhile."""

    message = marked(
        "The disk of this practice is full, so that it cannot be opened: {path}. Nothing was changed and nothing is lost. "
        "Make room on the disk, then try again."
    )
    exit_code = 2


class UnsafeDriver(PracticeError):
    """The database driver can't encrypt, or has a known fault that loses saves."""

    message = marked("The database library is not safe to use: {reason}. Nothing was opened. Install the program again.")
    exit_code = 2


class DemoPracticeOnly(PracticeError):
    """A real client would be added to the demo practice, whose key is published."""

    message = marked(
        "The demo practice opens for anyone, so no real client can be added to it. Create your own practice first."
    )


class RecordGone(PracticeError):
    """The record that was to be changed no longer exists."""

    message = marked("This {kind} is no longer there: it was removed elsewhere. Nothing else was changed.")


class DefinitionError(PracticeError):
    """A data file (form, protocol) does not follow the format; names file, line and field."""

    message = marked("{file}, line {line}, {field}: {reason}")


class Refused(PracticeError):
    """An entry that cannot be kept as it is; `reason` is a translated sentence that says what to change."""

    message = marked("{reason}")


class NoteSigned(Refused):
    """Something was to be changed in a note that is signed, or in a fact that it shows."""

    message = marked("This note is signed and stays as it is. Nothing was changed. Write an addendum below it instead.")


class TextUnsaved(Refused):
    """A note was to be signed while not all of its text was on the disk, or after it had moved on elsewhere."""

    message = marked(
        "The note is not saved as it stands here, so it was not signed. Nothing is lost. Try again once it is saved."
    )


class NothingToSign(Refused):
    """A note without a word in it was to be signed."""

    message = marked("There is nothing in this note that could be signed. Nothing was changed.")


class PartsMissing(Refused):
    """Required parts of a note are missing, and no reason was given to sign it without them."""

    message = marked("Something is missing: {parts}. Nothing was signed. Fill it in, or say why it is signed without.")


class SignerUnknown(Refused):
    """Nobody's name is known to sign with."""

    message = marked("A signature needs your name. Nothing was signed. Type your name above, and sign again.")


class WrongUsage(PracticeError):
    """The command line asks for something that can't be done as it was asked; `reason` is a translated sentence."""

    message = marked("{reason}")
    exit_code = 2


class SaveFailed(PracticeError):
    """The store could not keep a change; the text stays with whoever asked."""

    message = marked("Not saved yet: {reason}. Your words are kept on screen and will be saved again.")


class PracticeReadOnly(SaveFailed):
    """Something was to be written into a practice that was found damaged."""

    message = marked(
        "The practice is damaged and is only read now, so that nothing more is lost: this was not kept. "
        "What you typed stays on screen and can be copied. Restore a backup, or save what can be read."
    )
    exit_code = 4


class PracticeGone(SaveFailed):
    """Something was to be written into a practice whose file no longer lies where it was opened."""

    message = marked(
        "Not saved: {path} was moved, deleted or replaced while it was open. What you typed stays on screen. "
        "Put the practice's folder back in its place, and it is saved."
    )
    exit_code = 2


class Cancelled(PracticeError):
    """The therapist stopped a long piece of work; nothing was half-done."""

    message = marked("Stopped. Nothing was changed.")


class PracticeLocked(PracticeError):
    """Something was asked of a practice that has been locked or closed."""

    message = marked("The practice is locked. Nothing was changed. Unlock it and try again.")


class PrivateNotesLocked(PracticeError):
    """Something was asked of private notes that are not open."""

    message = marked("Private notes are locked. Nothing was changed. Open them and try again.")


class CheckFailed(PracticeError):
    """A check could not be made, for a reason that is no damage."""

    message = marked("The practice could not be checked now ({reason}). Nothing was changed, and it is tried again later.")


class UpgradeFailed(PracticeError):
    """A migration failed and was rolled back whole."""

    message = marked(
        "The practice could not be brought to this version of the program ({reason}). Nothing was changed: "
        "the version you used before still opens it."
    )
    exit_code = 4


class CopyFailed(PracticeError):
    """A copy of the database could not be finished; the database itself is as it was."""

    message = marked("The practice could not be copied to {path} ({reason}). The practice itself is as it was.")
    exit_code = 2


class BackupFailed(PracticeError):
    """A backup was not made; there is no half of one, and the earlier ones are as they were."""

    message = marked(
        "No backup was made in {path} ({reason}). The practice and the earlier backups are as they were. "
        "Make room or choose another folder, and try again."
    )
    exit_code = 2


class CopyForBackupFailed(BackupFailed):
    """What goes into a backup is first copied beside the practice, and there it could not be kept."""

    message = marked(
        "No backup was made in {path}: on the disk of the practice itself, {practice}, the copy for it could not be kept "
        "({reason}). The practice and the earlier backups are as they were. Make room on that disk, and try again."
    )


class NotABackup(PracticeError):
    """The file is something else."""

    message = marked(
        "{path} is not a backup of IPT Desktop ({reason}). Nothing was changed. Choose a file ending in .iptbackup."
    )
    exit_code = 2


class BackupDamaged(PracticeError):
    """The backup is truncated or altered."""

    message = marked("The backup {path} is damaged ({reason}). Nothing was changed. Use another backup.")
    exit_code = 4


class BackupUnreadable(PracticeError):
    """The disk does not give the backup out, whatever is in it."""

    message = marked(
        "The backup {path} cannot be read ({reason}). Nothing was changed. Look whether its disk is still plugged in and may "
        "be read, or use another backup."
    )
    exit_code = 2


class NewerBackup(PracticeError):
    """The backup was written by a later version of the program."""

    message = marked(
        "The backup {path} was made by a newer version of IPT Desktop ({found}; this one knows {known}). "
        "Nothing was changed. Install the newer version to restore it."
    )
    exit_code = 4


class NoBackup(PracticeError):
    """There is no backup where one was looked for."""

    message = marked("There is no backup of this practice in {path}. Make one first, or choose another folder.")
    exit_code = 2


class RestoreFailed(PracticeError):
    """A backup could not be restored; the present practice is as it was."""

    message = marked(
        "The backup was not restored to {path} ({reason}). Nothing was changed. "
        "Make room or choose another folder, and try again."
    )
    exit_code = 2
