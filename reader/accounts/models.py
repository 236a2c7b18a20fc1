"""Who is here: people, known by e-mail address and shown by name."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from reader.accounts.names import NAME_MAX_LENGTH

EMAIL_MAX_LENGTH = 254


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email: str) -> "User":
        """Find by e-mail whatever its case; addresses are stored in lower case."""
        return self.get(email=(email or "").strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("e-mail address", max_length=EMAIL_MAX_LENGTH, unique=True)
    # What others see. Not unique: two people may share a name, their numbers differ.
    name = models.CharField(max_length=NAME_MAX_LENGTH)
    is_staff = models.BooleanField("may enter the desk", default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        permissions = [("suspend_user", "Can suspend people")]
        constraints = [
            # With the unique address: nobody signs up twice in another case.
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_lower_case"
            ),
            models.CheckConstraint(
                condition=~models.Q(email=""), name="accounts_user_email_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return shown_name(self.pk, self.name)

    @property
    def slug(self) -> str:
        return slug_of_name(str(self))

    def get_absolute_url(self) -> str:
        return reverse("threads:person_detail", args=[self.pk, self.slug])

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()


def shown_name(pk: int, name: str | None) -> str:
    """Name a person whose number and name are known, without loading them."""
    return name or f"Reader {pk}"


def slug_of_name(shown: str) -> str:
    return slugify(shown, allow_unicode=True) or "reader"


def display_name(user: User) -> str:
    """Name a person in allauth's mails and messages."""
    return str(user)
